using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Strategies;

/// <summary>The outcome table made ready for questions: every profiled question embedded, every expert's mean known.</summary>
sealed class Profile
{
    readonly NgramEmbedder _embedder;
    readonly float[][] _embeddings;
    readonly Dictionary<string, int> _columns;
    readonly Lazy<float[][]> _similarities;

    public Profile(OutcomeTable table, NgramEmbedderOptions options)
    {
        Table = table;
        string[] questions = [.. table.Rows.Select(row => row.Question)];
        _embedder = NgramEmbedder.Fit(questions, options);
        _embeddings = [.. questions.Select(_embedder.Embed)];
        _columns = table.Experts.Select((expert, column) => (expert, column))
            .ToDictionary(pair => pair.expert, pair => pair.column, StringComparer.Ordinal);
        Means = [.. table.Experts.Select((_, column) => Mean(table, column))];
        _similarities = new(AllSimilarities);
    }

    public OutcomeTable Table { get; }

    public int Count => _embeddings.Length;

    /// <summary>Mean score of each column over the questions it has outcomes for; not a number where it has none.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Cosine of every profiled question with every other, 1 with itself; made on first use (n² products).</summary>
    public float[][] Similarities => _similarities.Value;

    /// <summary>Whether anything is known of the expert.</summary>
    public bool Knows(string expert) => _columns.TryGetValue(expert, out int column) && !double.IsNaN(Means[column]);

    public int ColumnOf(string expert) => _columns[expert];

    public ProfiledQuestion Features(string question)
    {
        float[] embedding = _embedder.Embed(question);
        return new ProfiledQuestion(question, [.. _embeddings.Select(other => Cosine(embedding, other))], Excluded: -1);
    }

    /// <summary>A profiled question as if it had never been profiled, to judge strategies without new questions.</summary>
    public ProfiledQuestion LeftOut(int row) => new(Table.Rows[row].Question, Similarities[row], row);

    static float Cosine(float[] unit, float[] other) => TensorPrimitives.Dot<float>(unit, other);

    static double Mean(OutcomeTable table, int column)
    {
        double[] scores = [.. table.Rows.Select(row => row.Outcomes[column]).OfType<Outcome>().Select(known => known.Score)];
        return scores.Length > 0 ? scores.Average() : double.NaN;
    }

    float[][] AllSimilarities()
    {
        var all = new float[Count][];
        for (int row = 0; row < Count; row++)
        {
            all[row] = new float[Count];
            all[row][row] = 1;
            for (int other = 0; other < row; other++)
                all[row][other] = all[other][row] = Cosine(_embeddings[row], _embeddings[other]);
        }
        return all;
    }
}

/// <summary>A question as strategies see it: the features are gathered before any decision.</summary>
/// <param name="Similarities">Cosine with each profiled question, in the order of the table.</param>
/// <param name="Excluded">A profiled question that must not be used (leave-one-out), or −1.</param>
sealed record ProfiledQuestion(string Text, float[] Similarities, int Excluded)
{
    /// <summary>The most similar profiled question, the first of equals; −1 when there is none.</summary>
    public int Nearest()
    {
        int nearest = -1;
        for (int row = 0; row < Similarities.Length; row++)
        {
            if (row != Excluded && (nearest < 0 || Similarities[row] > Similarities[nearest]))
                nearest = row;
        }
        return nearest;
    }

    /// <summary>1 − cosine to the nearest profiled question, within 0…1; 1 when nothing was profiled.</summary>
    public double SupportDistance() => Nearest() is >= 0 and var row ? DistanceTo(row) : 1;

    public double DistanceTo(int row) => Math.Clamp(1.0 - Similarities[row], 0, 1);
}
