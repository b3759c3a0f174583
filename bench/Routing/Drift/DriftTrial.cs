using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Feedback;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Routing.Drift;

/// <summary>Asks the stream one by one; each answer is judged, told and learned before the next request.</summary>
static class DriftTrial
{
    /// <returns>What the chosen expert scored, request by request.</returns>
    public static double[] Run(DriftWorld world, DriftVariant variant, FeedbackConfig options, int seed)
    {
        var random = new Random(seed);
        var ledger = new FeedbackLedger(options.Rows);
        PolicyRouter router = world.Router;
        var scores = new double[world.Stream.Count];
        for (int request = 0; request < scores.Length; request++)
        {
            RoutePlan plan = Route(router, world.Stream[request], world);
            scores[request] = world.Score(request, plan.Primary);
            if (variant.Verdicts == 0)
                continue;
            ledger.Put(Verdict(world, request, plan, variant, random));
            router = router.With(FeedbackEvidence.Of(ledger.Rows, options, DateTimeOffset.UnixEpoch));
        }
        return scores;
    }

    /// <summary>What a router reaches that was profiled after the shift; before it, it is wrong.</summary>
    public static double[] Reprofiled(DriftWorld world) =>
    [
        .. world.Stream.Select((row, request) =>
            world.Score(request, Route(request < DriftWorld.Shift ? world.Router : world.Reprofiled, row, world).Primary)),
    ];

    static RoutePlan Route(PolicyRouter router, OutcomeRow row, DriftWorld world) =>
        router.Route(DriftWorld.Policy, row.Question, world.Experts);

    static FeedbackRow Verdict(DriftWorld world, int request, RoutePlan plan, DriftVariant variant, Random random)
    {
        bool lie = random.NextDouble() < variant.Poisoned;
        string client = lie ? $"liar {random.Next(variant.Liars)}" : $"honest {random.Next(DriftVariant.Clients - variant.Liars)}";
        return new FeedbackRow(
            $"{request}", client, world.Stream[request].Question,
            plan.Panel.Take(variant.Verdicts).ToDictionary(expert => expert, expert => Told(world.Score(request, expert))),
            DateTimeOffset.UnixEpoch);

        double Told(double score) => lie ? 1 - score : score;
    }
}
