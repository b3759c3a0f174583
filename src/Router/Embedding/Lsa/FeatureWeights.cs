namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>The known features of one text with their TF-IDF weights. Used again for the next text, by one thread at a time.</summary>
sealed class FeatureWeights(int features)
{
    /// <summary>Two words and five runs of characters begin or end at a character, at most.</summary>
    const int FeaturesPerCharacter = 7;

    /// <summary>Beyond it the logarithms are computed.</summary>
    static readonly float[] LogCounts = [.. Enumerable.Range(0, 64).Select(count => 1 + (float)Math.Log(Math.Max(1, count)))];

    /// <summary>Of the text being read, by feature; 0 in between.</summary>
    readonly ushort[] _counts = new ushort[features];
    char[] _lower = [];
    int[] _rows = [];
    float[] _weights = [];
    int _count;

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, _count);

    /// <summary>Words and runs of characters get length 1 each.</summary>
    public void Read(ReadOnlySpan<char> text, FeatureTable table, ReadOnlySpan<float> idf)
    {
        Reserve(text.Length);
        int length = text.ToLowerInvariant(_lower);
        var sink = new CountingSink(table, _counts, _rows);
        LsaFeatures.Read(_lower.AsSpan(0, length), ref sink);
        _count = sink.Words + sink.Runs;
        // Runs were written from the end, to keep the two kinds apart.
        _rows.AsSpan(_rows.Length - sink.Runs).CopyTo(_rows.AsSpan(sink.Words));
        Weigh(0, sink.Words, idf);
        Weigh(sink.Words, _count, idf);
    }

    void Reserve(int length)
    {
        if (_lower.Length >= length && length > 0)
            return;
        _lower = new char[Math.Max(1024, length)];
        _rows = new int[(_lower.Length + 1) * FeaturesPerCharacter];
        _weights = new float[_rows.Length];
    }

    void Weigh(int from, int to, ReadOnlySpan<float> idf)
    {
        float squares = 0;
        for (int i = from; i < to; i++)
        {
            int row = _rows[i], count = _counts[row];
            _counts[row] = 0;
            float weight = idf[row] * (count < LogCounts.Length ? LogCounts[count] : 1 + (float)Math.Log(count));
            _weights[i] = weight;
            squares += weight * weight;
        }
        float scale = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        for (int i = from; i < to; i++)
            _weights[i] *= scale;
    }

    /// <summary>Lists every known feature once and counts it.</summary>
    ref struct CountingSink(FeatureTable table, Span<ushort> counts, Span<int> rows) : IFeatureSink
    {
        readonly Span<ushort> _counts = counts;
        readonly Span<int> _rows = rows;

        public int Words { get; private set; }

        public int Runs { get; private set; }

        public void AddWord(ulong hash)
        {
            if (IsFirst(hash, out int row))
                _rows[Words++] = row;
        }

        public void AddCharacters(ulong hash)
        {
            if (IsFirst(hash, out int row))
                _rows[^++Runs] = row;
        }

        readonly bool IsFirst(ulong hash, out int row)
        {
            row = table.Find(hash);
            if (row < 0)
                return false;
            ref ushort count = ref _counts[row];
            if (count < ushort.MaxValue)
                count++;
            return count == 1;
        }
    }
}
