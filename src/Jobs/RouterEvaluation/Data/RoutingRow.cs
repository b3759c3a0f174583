using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>One recorded question, and what is known of it beside the outcomes.</summary>
/// <param name="Benchmark">Where it comes from; null where the file does not say.</param>
/// <param name="Split"><c>train</c> or <c>test</c> where the file parts them.</param>
public sealed record RoutingRow(OutcomeRow Outcome, string? Benchmark, string? Split)
{
    public string Question => Outcome.Question;

    public string? Category => Outcome.Category;
}
