using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Routing.Speed;

/// <summary>How long a whole plan takes: embedding, strategy, coverage and reasons, with many experts and profiled questions.</summary>
static class WholeDecisions
{
    const int Experts = 64;
    const int Profiled = 10_000;
    const int WarmUp = 2000;
    const int MostTimed = 4000;

    static readonly string[] Strategies = ["ridge", "nearest", "clusters", "factorisation", "best-single"];

    public static string ToMarkdown(string[] texts, int seed, TimeProvider time)
    {
        string[] distinct = [.. texts.Distinct()];
        string[] profiled = [.. distinct.Where((_, i) => i % 8 < 5).Take(Profiled)];
        string[] asked = [.. distinct.Where((_, i) => i % 8 >= 5).Take(MostTimed)];
        OutcomeTable table = Table(profiled, new Random(seed));
        HashSet<string> experts = [.. table.Experts];
        var router = new PolicyRouter(
            [.. Strategies.Select(strategy => new PolicyConfig(strategy, strategy, new Dictionary<string, string>(), 0))], table, experts);
        router.Warm();
        var rows = Strategies.Select(strategy =>
        {
            Timing.WarmUp(asked, text => router.Route(strategy, text, experts), WarmUp);
            Timing timing = Timing.Of(asked, text => router.Route(strategy, text, experts), time);
            return new[] { strategy, timing.Median, timing.P99, $"{timing.BytesPerCall}" };
        });
        return $"""
            ## A whole plan

            {Experts} experts, {profiled.Length:N0} profiled questions in an LSA, coverage and reasons included; {asked.Length:N0} other
            questions of all lengths, one by one. Outcomes are drawn.

            {Report.Table(["strategy", "p50 µs", "p99 µs", "bytes allocated"], rows)}
            """;
    }

    static OutcomeTable Table(string[] questions, Random random) => new(
        "drawn", [.. Enumerable.Range(0, Experts).Select(expert => $"expert-{expert:00}")],
        [
            .. questions.Select((question, i) => new OutcomeRow(
                $"{i}", question, [], [.. Enumerable.Range(0, Experts).Select(_ => (Outcome?)new Outcome(random.Next(2), null))])),
        ]);
}
