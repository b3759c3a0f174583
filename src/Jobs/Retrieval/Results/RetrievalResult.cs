using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Choosing;
using Orchestrator.Jobs.Retrieval.Data;

namespace Orchestrator.Jobs.Retrieval.Results;

/// <summary>All that was measured.</summary>
/// <param name="Arms">In the order of the report.</param>
/// <param name="Hybrid">Chosen on queries of no test.</param>
/// <param name="Notes">What a reader must know: sources of queries, what could not be measured.</param>
public sealed record RetrievalResult(
    RetrievalOptions Options, string Base, string? MultiTask, string Space, IReadOnlyList<JudgedCorpus> Corpora,
    IReadOnlyList<ArmRow> Arms, IReadOnlyList<Removal> Removals, HybridChoice Hybrid, IReadOnlyList<string> Notes)
{
    public IEnumerable<string> Warnings => Corpora.SelectMany(corpus => corpus.Warnings);
}
