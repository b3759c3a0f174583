namespace Orchestrator.Router.Composition;

/// <summary>A map from category to expert of a <see cref="CompositionProblem"/>.</summary>
/// <param name="Experts">For each category the problem's expert.</param>
/// <param name="Quality">Σ gains.</param>
/// <param name="Slack">How much the best map over the same experts can be better at most.</param>
sealed record Assignment(int[] Experts, double Quality, double Slack)
{
    public long Bytes(CompositionProblem problem) => Experts.Distinct().Sum(expert => problem.Bytes[expert]);
}
