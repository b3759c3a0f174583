using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>What each arm took: calls, tokens, loads, time and memory.</summary>
static class CostTable
{
    public static ReportTable Of(EvalResult result)
    {
        EvalFacts facts = result.Facts;
        var sizes = new ModelSizes(facts.Parameters);
        return new ReportTable(
            "Cost", "Calls, tokens (read and written) and parameter-tokens (each token times the parameters that it passes through, half "
            + "the FLOPs) are per item; calls of self-consistency are samples. Each arm begins with nothing loaded. Wall time was measured "
            + "on the machine of this run, loads included: it is noisy, and another machine gives another number of samples. "
            + "Unread are answers in which the grader found nothing to compare: they score 0. Ungraded ones score nothing.",
            ["", "items", "calls", "tokens", "parameter-tokens", "experts loaded", "loads", "wall time", "peak memory", "failed", "unread", "ungraded"],
            [
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Policy).Select(arm => Row(arm.Arm, arm, sizes)),
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Expert && arm.Arm == facts.BestSingle?.Expert)
                    .Select(arm => Row(Words.Column(Columns.BestSingle, facts), arm, sizes)),
                .. facts.Policies.SelectMany(policy => Columns.MatchedTo(policy.Name)
                    .Where(column => facts.Budgets.ContainsKey(column) || facts.Unknown.ContainsKey(column))
                    .Select(column => Matched(
                        $"{Words.Column(column, facts)} as {policy.Name}", facts.Budgets.GetValueOrDefault(column), result.Rows.Count))),
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Samples).Select((arm, i) => Row($"sampling {arm.Arm}, round {i + 1}", arm, sizes)),
                .. All([.. facts.Arms.Where(arm => arm.Kind == ArmKind.Expert)], sizes),
                .. facts.Arms.Where(arm => arm.Kind == ArmKind.Judge).Select(arm => Row($"judging by {arm.Arm}", arm, sizes)),
            ]);
    }

    static string[] Row(string name, ArmTotals arm, ModelSizes sizes) =>
    [
        name, $"{arm.Items}", Mean(arm.Calls, arm.Items), Mean(arm.Tokens, arm.Items),
        ParameterTokens(sizes.ParameterTokens(arm) / arm.Items, arm.TokensByExpert.Count), $"{arm.ExpertsLoaded}", $"{arm.TotalLoads}",
        Words.Time(arm.WallTime) + (arm.Resumed ? " (last part)" : ""), Words.Mebibytes(arm.PeakBytes), $"{arm.Failed}", $"{arm.Unread}",
        $"{arm.Ungraded}",
    ];

    /// <summary>Part of the samples, so that only what was used of them is its own.</summary>
    static string[] Matched(string name, BudgetFacts? budget, int items) =>
    [
        name, $"{items}", budget is null ? Words.Unknown : $"{budget.Calls:F2}", budget is null ? Words.Unknown : $"{budget.Tokens:F1}",
        budget?.ParameterTokens is { } operations ? Words.Large(operations) : Words.Unknown, Words.None, Words.None,
        budget?.WallTime is { } time ? Words.Time(time) : Words.None, Words.None, Words.None, Words.None, Words.None,
    ];

    /// <summary>What the oracle, the random expert and the vote need.</summary>
    static IEnumerable<string[]> All(ArmTotals[] arms, ModelSizes sizes)
    {
        if (arms.Length == 0)
            yield break;
        yield return
        [
            "all experts", $"{arms[0].Items}", Mean(arms.Sum(arm => (long)arm.Calls), arms[0].Items), Mean(arms.Sum(arm => arm.Tokens), arms[0].Items),
            ParameterTokens(sizes.ParameterTokens(arms) / arms[0].Items, arms.Sum(arm => arm.TokensByExpert.Count)),
            $"{arms.Sum(arm => arm.ExpertsLoaded)}", $"{arms.Sum(arm => arm.TotalLoads)}",
            Words.Time(TimeSpan.FromTicks(arms.Sum(arm => arm.WallTime.Ticks))), Words.Mebibytes(arms.Max(arm => arm.PeakBytes)),
            $"{arms.Sum(arm => arm.Failed)}", $"{arms.Sum(arm => arm.Unread)}", $"{arms.Sum(arm => arm.Ungraded)}",
        ];
    }

    /// <param name="told">Experts of which tokens are told; none in a result that does not tell them.</param>
    static string ParameterTokens(double? each, int told) => told > 0 && each is { } known ? Words.Large(known) : Words.Unknown;

    static string Mean(long sum, int items) => items > 0 ? $"{(double)sum / items:F2}" : Words.None;
}
