using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>The best single expert with as much as one policy took.</summary>
/// <param name="Column">What its scores are called.</param>
/// <param name="Policy">What is matched.</param>
/// <param name="Used">Null where what the policy took is unknown.</param>
sealed record Budget(string Column, PolicyCost Policy, SelfConsistency? Used)
{
    /// <summary>Parameters times tokens a question; null where the size of the expert is unknown.</summary>
    public double? ParameterTokens { get; init; }

    /// <summary>Of all questions; null where time is not what was matched.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>Why there is nothing to compare with; null where there is.</summary>
    public string? Unknown { get; init; }

    public static async Task<IReadOnlyList<Budget>> MatchAsync(
        ArmDesk desk, EvalOptions options, string expert, IReadOnlyList<ProfileQuestion> questions, GradedArms graded, ModelSizes sizes,
        CancellationToken cancellationToken)
    {
        ArmTotals single = Arm(ArmKind.Expert, expert);
        PolicyCost[] took = [.. options.Policies.Select(policy => PolicyCost.Of(Arm(ArmKind.Policy, policy), single, sizes))];
        var sampling = new SampledExpert(
            desk, options, expert, questions, [.. questions.Select(question => graded[expert, question])], single.SecondsEach);
        IReadOnlyList<SampledAnswers> sampled = await sampling.RunAsync(
            took.Max(policy => policy.Calls), took.Max(policy => Math.Max(policy.Tokens, policy.FlopTokens ?? 0)),
            took.Max(policy => policy.Seconds ?? 0), cancellationToken);
        return [.. took.SelectMany(policy => Of(policy, sampled, sampling.Seconds)).Select(Priced)];

        ArmTotals Arm(ArmKind kind, string name) => desk.Totals.First(arm => arm.Kind == kind && arm.Arm == name);

        Budget Priced(Budget budget) => budget with { ParameterTokens = budget.Used?.Tokens * sizes.Of(expert) };
    }

    static IEnumerable<Budget> Of(PolicyCost policy, IReadOnlyList<SampledAnswers> sampled, SampledSeconds? seconds)
    {
        yield return new(Columns.AtCalls(policy.Policy), policy, SelfConsistency.AtCalls(sampled, policy.Calls));
        yield return new(Columns.AtTokens(policy.Policy), policy, SelfConsistency.AtTokens(sampled, policy.Tokens));
        yield return policy.FlopTokens is { } tokens
            ? new(Columns.AtFlops(policy.Policy), policy, SelfConsistency.AtTokens(sampled, tokens))
            : new(Columns.AtFlops(policy.Policy), policy, null)
            {
                Unknown = $"the number of parameters is not known of {string.Join(", ", policy.UnknownSizes)}",
            };
        yield return AtWallTime(policy, sampled, seconds);
    }

    static Budget AtWallTime(PolicyCost policy, IReadOnlyList<SampledAnswers> sampled, SampledSeconds? seconds)
    {
        if (policy.Seconds is not { } took || seconds is null)
        {
            return new(Columns.AtWallTime(policy.Policy), policy, null)
            {
                Unknown = $"{(policy.Seconds is null ? policy.Policy : "the best single expert")} went on after an interruption, "
                    + "and only the time of its last part is known",
            };
        }
        var used = SelfConsistency.AtSeconds(sampled, seconds, took);
        return new(Columns.AtWallTime(policy.Policy), policy, used)
        {
            WallTime = sampled.Count * TimeSpan.FromSeconds(SelfConsistency.Mean(used.Calls, seconds.Of)),
        };
    }
}
