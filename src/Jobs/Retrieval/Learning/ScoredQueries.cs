using Orchestrator.Experts.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Jobs.Retrieval.Learning;

/// <summary>Queries that pilots are made from.</summary>
/// <param name="Table">Scores by expert, the base first; the category of a row is its domain.</param>
/// <param name="Vectors">Of the base, one a row.</param>
public sealed record ScoredQueries(OutcomeTable Table, IReadOnlyList<float[]> Vectors)
{
    public IReadOnlyList<string> Experts => Table.Experts;

    public IReadOnlyList<PilotSample> Samples { get; } =
    [
        .. Table.Rows.Zip(Vectors, (row, vector) =>
            new PilotSample(row.Category ?? "", vector, [.. row.Outcomes.Select(outcome => outcome?.Score)])),
    ];

    /// <summary>Of scores that were kept, whose queries are embedded again.</summary>
    /// <exception cref="Experts.ExpertException">The base cannot embed them.</exception>
    public static async Task<ScoredQueries> OfAsync(OutcomeTable table, IEmbeddingExpert baseExpert, CancellationToken cancellationToken)
    {
        const int Batch = 64;
        var vectors = new List<float[]>();
        foreach (string[] texts in table.Rows.Select(row => row.Question).Chunk(Batch))
            vectors.AddRange((await baseExpert.EmbedAsync(new EmbeddingCall(texts, EmbeddedSide.Query) { CutLongTexts = true }, cancellationToken)).Vectors);
        return new ScoredQueries(table, vectors);
    }
}
