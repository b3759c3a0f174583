using Orchestrator.Jobs.Retrieval.Data;

namespace Orchestrator.Jobs.Retrieval.Searching;

/// <summary>A collection searched for all of its queries, by words and by every expert alone: what all else is chosen from.</summary>
/// <param name="Words">By BM25, one a query.</param>
/// <param name="Experts">By expert id, one a query each.</param>
/// <param name="BaseVectors">The queries as the base embeds them.</param>
public sealed record CorpusRuns(
    JudgedCorpus Corpus, IReadOnlyList<QueryRun> Words, IReadOnlyDictionary<string, IReadOnlyList<QueryRun>> Experts,
    IReadOnlyList<float[]> BaseVectors);
