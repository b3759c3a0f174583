using Orchestrator.Experts.Scheduling.Lookahead;

namespace Orchestrator.Bench.Scheduling;

/// <summary>How near the planned order comes to the best there is, and how long planning takes.</summary>
static class LookaheadQuality
{
    const int Instances = 200;

    public static string ToMarkdown(int seed, TimeProvider time)
    {
        var planned = new List<double>();
        var given = new List<double>();
        for (var i = 0; i < Instances; i++)
        {
            var problem = RandomProblem.Of(groups: 8, experts: 8, seed + i);
            var exact = ExactOrder.Seconds(problem);
            if (exact == 0)
                continue;
            planned.Add(LookaheadOrder.Plan(problem).LoadSeconds / exact);
            given.Add(LookaheadOrder.AsGiven(problem).LoadSeconds / exact);
        }

        var large = RandomProblem.Of(groups: 1000, experts: 100, seed);
        var start = time.GetTimestamp();
        var plan = LookaheadOrder.Plan(large);
        var took = time.GetElapsedTime(start);
        var table = Report.Table(
            ["order", "mean / optimum", "worst / optimum", "optimal %"], [Row("planned", planned), Row("as given, LRU", given)]);
        return $"""
            ## Lookahead

            Load seconds beside the exact optimum on {planned.Count} random instances: 8 groups of 1 to 3 of 8 experts, room
            for about half of them, a third of the groups after another.

            {table}
            1,000 groups over 100 experts: planned in {took.TotalSeconds:0.00} s; {plan.LoadSeconds:0} load seconds,
            {LookaheadOrder.AsGiven(large).LoadSeconds:0} as given with LRU.
            """;
    }

    static string[] Row(string name, List<double> ratios) =>
    [
        name, $"{ratios.Average():0.000}", $"{ratios.Max():0.000}",
        Report.Percent((double)ratios.Count(r => r <= 1 + 1e-9) / ratios.Count),
    ];
}
