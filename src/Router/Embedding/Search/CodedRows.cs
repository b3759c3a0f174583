namespace Orchestrator.Router.Embedding.Search;

/// <summary>Rows as bytes with a scale each, one after another in memory.</summary>
sealed class CodedRows(int dimensions, int capacity)
{
    readonly int _stride = CodeDot.StrideOf(dimensions);
    sbyte[] _codes = new sbyte[capacity * CodeDot.StrideOf(dimensions)];
    float[] _scales = new float[capacity];
    int[] _rows = new int[capacity];

    public int Count { get; private set; }

    public long Bytes => _codes.LongLength + (8L * _rows.LongLength);

    public void Add(int row, ReadOnlySpan<float> vector)
    {
        if (Count == _rows.Length)
            Resize(Math.Max(4, Count + (Count / 2)));
        _scales[Count] = Quantised.Write(vector, _codes.AsSpan(Count * _stride, vector.Length));
        _rows[Count++] = row;
    }

    /// <summary>The last row takes its place.</summary>
    public void Remove(int row)
    {
        int at = Array.IndexOf(_rows, row, 0, Count);
        int last = --Count;
        _codes.AsSpan(last * _stride, _stride).CopyTo(_codes.AsSpan(at * _stride));
        _scales[at] = _scales[last];
        _rows[at] = _rows[last];
    }

    public void Search(scoped CodedQuery query, ref NearestHeap nearest)
    {
        for (int i = 0; i < Count; i++)
            nearest.Offer(_rows[i], query.Dot(_codes.AsSpan(i * _stride, _stride), _scales[i]));
    }

    /// <returns>The place of the row with the highest cosine.</returns>
    public int Nearest(scoped CodedQuery query)
    {
        int best = 0;
        float cosine = float.NegativeInfinity;
        for (int i = 0; i < Count; i++)
        {
            float other = query.Dot(_codes.AsSpan(i * _stride, _stride), _scales[i]);
            if (other > cosine)
                (best, cosine) = (i, other);
        }
        return best;
    }

    void Resize(int capacity)
    {
        Array.Resize(ref _codes, capacity * _stride);
        Array.Resize(ref _scales, capacity);
        Array.Resize(ref _rows, capacity);
    }
}
