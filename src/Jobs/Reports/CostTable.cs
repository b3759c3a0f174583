using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>What each arm took: calls, tokens, loads, time and memory.</summary>
static class CostTable
{
    public static ReportTable Of(EvalResult result)
    {
        EvalFacts facts = result.Facts;
        return new ReportTable(
            "Cost", "Calls and tokens (read and written) are per item. Each arm begins with nothing loaded. "
            + "Unread are answers in which the grader found nothing to compare: they score 0. Ungraded ones score nothing.",
            ["", "items", "calls", "tokens", "experts loaded", "loads", "wall time", "peak memory", "failed", "unread", "ungraded"],
            [
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Policy).Select(arm => Row(arm.Arm, arm)),
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Expert && arm.Arm == facts.BestSingle?.Expert)
                    .Select(arm => Row(Words.Column(Columns.BestSingle, facts), arm)),
                .. facts.Policies.SelectMany(policy => new[] { Columns.AtCalls(policy.Name), Columns.AtTokens(policy.Name) }
                    .Where(facts.Budgets.ContainsKey)
                    .Select(column => Matched(policy.Name, Words.Column(column, facts), facts.Budgets[column], result.Rows.Count))),
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Samples).Select((arm, i) => Row($"sampling {arm.Arm}, round {i + 1}", arm)),
                .. All(facts.Arms.Where(arm => arm.Kind == ArmKind.Expert)),
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Judge).Select(arm => Row($"judging by {arm.Arm}", arm)),
            ]);
    }

    static string[] Row(string name, ArmTotals arm) =>
    [
        name, $"{arm.Items}", Mean(arm.Calls, arm.Items), Mean(arm.Tokens, arm.Items), $"{arm.ExpertsLoaded}", $"{arm.TotalLoads}",
        Words.Time(arm.WallTime) + (arm.Resumed ? " (last part)" : ""), Words.Mebibytes(arm.PeakBytes), $"{arm.Failed}", $"{arm.Unread}",
        $"{arm.Ungraded}",
    ];

    /// <summary>Part of the samples, so that only calls and tokens are its own.</summary>
    static string[] Matched(string policy, string name, BudgetFacts budget, int items) =>
    [
        $"{name} as {policy}", $"{items}", $"{budget.Calls:F2}", $"{budget.Tokens:F1}",
        Words.None, Words.None, Words.None, Words.None, Words.None, Words.None, Words.None,
    ];

    /// <summary>What the oracle, the random expert and the vote need.</summary>
    static IEnumerable<string[]> All(IEnumerable<ArmTotals> experts)
    {
        ArmTotals[] arms = [.. experts];
        if (arms.Length == 0)
            yield break;
        yield return
        [
            "all experts", $"{arms[0].Items}", Mean(arms.Sum(arm => (long)arm.Calls), arms[0].Items), Mean(arms.Sum(arm => arm.Tokens), arms[0].Items),
            $"{arms.Sum(arm => arm.ExpertsLoaded)}", $"{arms.Sum(arm => arm.TotalLoads)}",
            Words.Time(TimeSpan.FromTicks(arms.Sum(arm => arm.WallTime.Ticks))), Words.Mebibytes(arms.Max(arm => arm.PeakBytes)),
            $"{arms.Sum(arm => arm.Failed)}", $"{arms.Sum(arm => arm.Unread)}", $"{arms.Sum(arm => arm.Ungraded)}",
        ];
    }

    static string Mean(long sum, int items) => items > 0 ? $"{(double)sum / items:F2}" : Words.None;
}
