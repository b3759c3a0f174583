using System.Globalization;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Coverage;

/// <summary>
/// What a policy does where nothing supports its choice (<c>abstain</c>): the generalist answers, or more experts are asked.
/// By default it routes as ever, since known tasks in a new prompt format look novel too, and only shows no confidence.
/// </summary>
static class Abstention
{
    /// <param name="plan">As the strategy wants it, with <see cref="RoutePlan.Coverage"/> where that is known.</param>
    public static RoutePlan Apply(PolicyConfig policy, RoutePlan plan)
    {
        RoutePlan honest = plan.Coverage is { Verdict: not CoverageVerdict.Covered and var verdict } coverage
            ? plan with
            {
                Confidence = verdict == CoverageVerdict.Novel ? null : plan.Confidence,
                Reasons = [.. plan.Reasons, coverage.Reason],
            }
            : plan;
        if (policy.Abstain == AbstainTo.None || Cause(policy, plan) is not { } cause)
            return honest;
        return policy.Abstain == AbstainTo.Panel
            ? Widened(policy, honest, cause)
            : ToGeneralist(policy, honest, cause);
    }

    /// <returns>A clause; null when there is no cause to abstain.</returns>
    static string? Cause(PolicyConfig policy, RoutePlan plan) => plan switch
    {
        { Coverage.Verdict: CoverageVerdict.Novel } => "nothing like the question was profiled",
        { Coverage.Verdict: CoverageVerdict.NoSpecialist } => "nobody is reliable at such questions",
        { Confidence: { } confidence } when confidence < policy.AbstainBelow => string.Create(
            CultureInfo.InvariantCulture, $"confidence {confidence:0.00} is below {policy.AbstainBelow:0.##} (abstain_below)"),
        _ => null,
    };

    static RoutePlan Widened(PolicyConfig policy, RoutePlan plan, string cause)
    {
        string[] members = [.. plan.Panel, .. plan.Ranked.Select(ranked => ranked.Expert).Except(plan.Panel, StringComparer.Ordinal)];
        string[] panel = [.. members.Take(Math.Max(policy.AbstainPanel, plan.Panel.Count))];
        return panel.Length == plan.Panel.Count
            ? plan
            : plan with
            {
                Panel = panel,
                Aggregator = policy.Aggregator,
                AggregatorExpert = policy.AggregatorExpert,
                Reasons = [$"{panel.Length} experts are asked instead of {plan.Panel.Count}, because {cause}.", .. plan.Reasons],
            };
    }

    static RoutePlan ToGeneralist(PolicyConfig policy, RoutePlan plan, string cause)
    {
        string generalist = policy.Generalist!;
        if (plan.Primary == generalist)
            return plan with { Reasons = [$"The generalist {generalist} answers, because {cause}.", .. plan.Reasons] };
        if (plan.Ranked.FirstOrDefault(ranked => ranked.Expert == generalist) is not { } ranked)
            return plan with { Reasons = [$"The generalist {generalist} is not available, although {cause}.", .. plan.Reasons] };
        string[] panel = [generalist, .. plan.Panel.Where(expert => expert != generalist)];
        return plan with
        {
            Panel = [.. panel.Take(plan.Panel.Count)],
            Confidence = plan.Confidence is null ? null : ranked.Score,
            Reasons = [$"The generalist {generalist} answers instead of {plan.Primary}, because {cause}.", .. plan.Reasons],
        };
    }
}
