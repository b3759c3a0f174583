namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>The weights of all fitted texts, feature by feature: for each, the texts that have it.</summary>
/// <param name="Starts">Where a feature's entries begin; one more than there are features.</param>
/// <param name="Texts">Of every entry.</param>
/// <param name="Weights">Of every entry.</param>
/// <param name="TextCount">Rows of the matrix.</param>
sealed record TermMatrix(long[] Starts, int[] Texts, float[] Weights, int TextCount)
{
    public int Features => Starts.Length - 1;

    public ReadOnlySpan<int> TextsOf(int feature) => Texts.AsSpan((int)Starts[feature], (int)(Starts[feature + 1] - Starts[feature]));

    public ReadOnlySpan<float> WeightsOf(int feature) => Weights.AsSpan((int)Starts[feature], (int)(Starts[feature + 1] - Starts[feature]));

    public static TermMatrix Of(IReadOnlyList<string> texts, Vocabulary vocabulary, FeatureTable table, int maxCharacters)
    {
        var reader = new FeatureWeights(vocabulary.Hashes.Length);
        var rows = new int[texts.Count][];
        var weights = new float[texts.Count][];
        var starts = new long[vocabulary.Hashes.Length + 1];
        for (int text = 0; text < texts.Count; text++)
        {
            reader.Read(texts[text].AsSpan(0, Math.Min(texts[text].Length, maxCharacters)), table, vocabulary.Idf);
            rows[text] = reader.Rows.ToArray();
            weights[text] = reader.Weights.ToArray();
            foreach (int row in rows[text])
                starts[row + 1]++;
        }
        for (int feature = 1; feature < starts.Length; feature++)
            starts[feature] += starts[feature - 1];
        return Transpose(rows, weights, starts);
    }

    static TermMatrix Transpose(int[][] rows, float[][] weights, long[] starts)
    {
        var next = starts[..^1];
        var texts = new int[starts[^1]];
        var values = new float[starts[^1]];
        for (int text = 0; text < rows.Length; text++)
        {
            for (int i = 0; i < rows[text].Length; i++)
            {
                long at = next[rows[text][i]]++;
                texts[at] = text;
                values[at] = weights[text][i];
            }
        }
        return new TermMatrix(starts, texts, values, rows.Length);
    }
}
