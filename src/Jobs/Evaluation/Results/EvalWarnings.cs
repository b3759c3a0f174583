using Orchestrator.Aggregator;
using Orchestrator.Jobs.Evaluation.Arms;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>What a reader must know before trusting the numbers of a result, in sentences.</summary>
static class EvalWarnings
{
    public static IEnumerable<string> OfArms(IReadOnlyList<ArmTotals> totals)
    {
        foreach (ArmTotals arm in totals.Where(arm => arm.Failed > 0))
            yield return $"{Name(arm)} gave no answer to {arm.Failed} of {arm.Items} items, which count as wrong.";
        foreach (ArmTotals arm in totals.Where(arm => arm.Resumed))
        {
            yield return $"{Name(arm)} went on after an interruption: its loads, wall time and peak bytes are those of the last part; "
                + "its calls and tokens are whole.";
        }
    }

    /// <summary>Policies that are to have an expert write the answer and have none.</summary>
    public static IEnumerable<string> OfMergers(IReadOnlyList<string> policies, EvalSubjects subjects) => subjects.Policies
        .Where(policy => policies.Contains(policy.Name, StringComparer.Ordinal))
        .Where(policy => policy.Panel > 1 && AggregatorRegistry.Asks(policy.Aggregator) && subjects.Merger(policy) is null)
        .Select(policy => $"The policy {policy.Name} votes: its aggregator is {policy.Aggregator}, but no expert is named to merge and "
            + "none that can be loaded was chosen by a test.");

    public static IEnumerable<string> OfJudge(string? judge, IReadOnlyList<string> experts) =>
        judge is not null && experts.Contains(judge, StringComparer.Ordinal) ? [$"The judge {judge} is one of the experts it judges."] : [];

    /// <param name="greedy">Scores of the best single expert without chance, one a question.</param>
    public static IEnumerable<string> OfBudgets(IReadOnlyList<Budget> budgets, IReadOnlyList<double?> greedy, int maxSamples)
    {
        foreach (Budget budget in budgets.Where(budget => budget.Unknown is not null))
            yield return $"{budget.Column} is unknown: {budget.Unknown}.";
        foreach (Budget budget in budgets.Where(budget => budget.Used is { Matched: false }))
            yield return $"{budget.Column} got less than its policy: the limit of {maxSamples} samples a question was reached.";
        foreach (Budget budget in budgets)
        {
            var both = budget.Used?.Scores.Zip(greedy).Where(pair => pair is { First: not null, Second: not null }).ToArray();
            if (both is null or { Length: 0 })
                continue;
            double sampled = both.Average(pair => pair.First!.Value), alone = both.Average(pair => pair.Second!.Value);
            if (alone - sampled > Rounding)
            {
                yield return $"{budget.Column} scores {100 * sampled:F1} %, less than the same expert once and greedily, {100 * alone:F1} %: "
                    + "sampling costs this expert more than voting gains, and the greedy one is the stronger baseline.";
            }
        }
    }

    /// <summary>What sums of scores may differ by without meaning it.</summary>
    const double Rounding = 1e-9;

    static string Name(ArmTotals arm) => $"{arm.Arm} ({arm.Kind.ToString().ToLowerInvariant()})";
}
