using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>The best single expert with as much as one policy took.</summary>
/// <param name="Column">What its scores are called.</param>
/// <param name="Calls">Mean calls a question of the policy.</param>
/// <param name="Tokens">Mean tokens a question of the policy.</param>
sealed record Budget(string Column, double Calls, double Tokens, SelfConsistency Used)
{
    public static async Task<IReadOnlyList<Budget>> MatchAsync(
        ArmDesk desk, EvalOptions options, string expert, IReadOnlyList<ProfileQuestion> questions, GradedArms graded,
        CancellationToken cancellationToken)
    {
        var took = options.Policies.Select(policy => Took(desk.Totals, policy)).ToArray();
        var sampled = await new SampledExpert(desk, options, expert, questions, [.. questions.Select(question => graded[expert, question])])
            .RunAsync(took.Max(policy => policy.Calls), took.Max(policy => policy.Tokens), cancellationToken);
        return
        [
            .. options.Policies.Zip(took).SelectMany(policy => (Budget[])
            [
                new(Columns.AtCalls(policy.First), policy.Second.Calls, policy.Second.Tokens, SelfConsistency.AtCalls(sampled, policy.Second.Calls)),
                new(Columns.AtTokens(policy.First), policy.Second.Calls, policy.Second.Tokens, SelfConsistency.AtTokens(sampled, policy.Second.Tokens)),
            ]),
        ];
    }

    static (double Calls, double Tokens) Took(IReadOnlyList<ArmTotals> totals, string policy)
    {
        ArmTotals arm = totals.First(arm => arm.Kind == ArmKind.Policy && arm.Arm == policy);
        return ((double)arm.Calls / arm.Items, (double)arm.Tokens / arm.Items);
    }
}
