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

    /// <summary>Every expert on the tested questions, the best first; the cost is null where one is not known.</summary>
    public IEnumerable<(string Name, double Score, double? Cost)> Alone => Set.Experts
        .Select((name, column) => (name, outcomes: Pooled.Rows.Select(row => Set.Rows[row].Outcome.Outcomes[column]!.Value).ToArray()))
        .Select(expert => (expert.name, expert.outcomes.Average(outcome => outcome.Score),
            expert.outcomes.Any(outcome => outcome.Cost is null) ? null : expert.outcomes.Average(outcome => outcome.Cost)))
        .OrderByDescending(expert => expert.Item2);

    public IReadOnlyList<Verdict> Verdicts => field ??= Judging.Verdicts.Of(Pooled, Splits);
}
