using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Router.Strategies;

/// <summary>The outcome table made ready for questions: every profiled question embedded, every expert's mean known.</summary>
sealed class Profile
{
    readonly NgramEmbedder _embedder;
    readonly SparseVector[] _embeddings;
    readonly SimilarityIndex _index;
    readonly Dictionary<string, int> _columns;
    readonly Lazy<float[][]> _similarities;

    public Profile(OutcomeTable table, NgramEmbedderOptions options)
    {
        Table = table;
        string[] questions = [.. table.Rows.Select(row => row.Question)];
        _embedder = NgramEmbedder.Fit(questions, options);
        _embeddings = [.. questions.Select(_embedder.Embed)];
        _index = new SimilarityIndex(_embeddings);
        _columns = table.Experts.Select((expert, column) => (expert, column))
            .ToDictionary(pair => pair.expert, pair => pair.column, StringComparer.Ordinal);
        double[][] scores = [.. table.Experts.Select((_, column) => Scores(table, column))];
        Answered = [.. scores.Select(column => column.Length)];
        Means = [.. scores.Select(column => column.Length > 0 ? column.Average() : double.NaN)];
        _similarities = new(() => [.. _embeddings.Select(_index.Cosines)]);
    }

    public OutcomeTable Table { get; }

    public int Count => _embeddings.Length;

    /// <summary>For each column, how many questions it has outcomes for.</summary>
    public IReadOnlyList<int> Answered { get; }

    /// <summary>Mean score of each column over the questions it has outcomes for; not a number where it has none.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Cosine of every profiled question with every other, 1 with itself; made on first use (n² numbers).</summary>
    public float[][] Similarities => _similarities.Value;

    /// <summary>Whether anything is known of the expert.</summary>
    public bool Knows(string expert) => _columns.TryGetValue(expert, out int column) && Answered[column] > 0;

    public int ColumnOf(string expert) => _columns[expert];

    /// <param name="skills">What the caller says it needs.</param>
    /// <param name="tagged">What a tagger says it needs; null when none was asked.</param>
    public ProfiledQuestion Features(string question, IReadOnlyList<string>? skills = null, TaggedQuestion? tagged = null) =>
        new(question, _index.Cosines(_embedder.Embed(question)), Excluded: -1) { Skills = skills ?? [], Tagged = tagged };

    /// <summary>A profiled question as if it had never been profiled, to judge strategies without new questions.</summary>
    public ProfiledQuestion LeftOut(int row) => new(Table.Rows[row].Question, Similarities[row], row);

    static double[] Scores(OutcomeTable table, int column) =>
        [.. table.Rows.Select(row => row.Outcomes[column]).OfType<Outcome>().Select(known => known.Score)];
}

/// <summary>A question as strategies see it: the features are gathered before any decision.</summary>
/// <param name="Similarities">Cosine with each profiled question, in the order of the table.</param>
/// <param name="Excluded">A profiled question that must not be used (leave-one-out), or −1.</param>
sealed record ProfiledQuestion(string Text, float[] Similarities, int Excluded)
{
    /// <summary>Skills that the caller names; mostly none.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>What a tagger says; null when none was asked.</summary>
    public TaggedQuestion? Tagged { get; init; }

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

    /// <summary>The most similar profiled questions, the nearest first; fewer where fewer were profiled.</summary>
    public int[] NearestRows(int count) =>
    [
        .. Enumerable.Range(0, Similarities.Length).Where(row => row != Excluded)
            .OrderByDescending(row => Similarities[row]).ThenBy(row => row).Take(count),
    ];

    /// <summary>1 − cosine to the nearest profiled question, within 0…1; 1 when nothing was profiled.</summary>
    public double SupportDistance() => Nearest() is >= 0 and var row ? DistanceTo(row) : 1;

    public double DistanceTo(int row) => Math.Clamp(1.0 - Similarities[row], 0, 1);
}
