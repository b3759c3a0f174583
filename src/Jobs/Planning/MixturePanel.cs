using Orchestrator.Aggregator;
using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Routing;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Planning;

/// <summary>
/// Who speaks and who is heard, for policies that mix thoughts: the layers have a router of their own, since only experts that
/// were trained together can hear one another. Where it sees no need, the policy's strategy decides and nothing is mixed.
/// </summary>
public static class MixturePanel
{
    /// <param name="plan">By the policy's strategy.</param>
    /// <param name="available">Experts that can answer now.</param>
    public static RoutePlan Recruit(RoutePlan plan, PolicyConfig policy, Mixture? mixture, string question, IEnumerable<string> available)
    {
        if (AggregatorRegistry.Hears(policy.Aggregator) || mixture is null)
            return plan;
        MixtureChoice choice = mixture.Choose(question, available);
        if (choice.Primary is not { } primary)
            return plan with { Panel = [plan.Primary], Aggregator = RoutePlan.First, Reasons = [.. plan.Reasons, $"No thoughts are mixed: {choice.Reason}."] };
        string[] panel = [primary, .. choice.Peers.Select(peer => peer.Id)];
        return plan with
        {
            Panel = panel,
            Aggregator = policy.Aggregator,
            Ranked = [.. panel.Select(member => Ranked(plan, member)), .. plan.Ranked.Where(ranked => !panel.Contains(ranked.Expert))],
            Confidence = choice.Probabilities[primary],
            // It was judged for the strategy's choice.
            Coverage = null,
            Reasons = [$"{choice.Reason}.", .. plan.Reasons],
        };
    }

    static RankedExpert Ranked(RoutePlan plan, string expert) =>
        plan.Ranked.FirstOrDefault(ranked => ranked.Expert == expert) ?? new RankedExpert(expert, Score: 0, Support: 0);
}
