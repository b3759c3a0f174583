using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.RouterEvaluation;

/// <summary>All that a report on routers says, before it is worded.</summary>
/// <param name="Split">The rule by which the set was parted.</param>
/// <param name="Embedder">What embedded the questions.</param>
public sealed record RouterResult(
    RoutingSet Set, string Split, string Embedder, RouterEvaluationOptions Options, IReadOnlyList<JudgedSplit> Splits)
{
    public Pooled Pooled { get; } = new(Splits, Options.Bootstrap);

    public IReadOnlyList<Verdict> Verdicts => field ??= Judging.Verdicts.Of(Pooled, Splits);
}
