namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>Means, intervals and gains of a result, overall and by skill. A question counts for each of its skills.</summary>
/// <param name="Columns">Policies first, then what they are compared with.</param>
/// <param name="Groups">All questions first, then the skills by name.</param>
public sealed record EvalSummary(IReadOnlyList<string> Columns, IReadOnlyList<GroupSummary> Groups)
{
    public const string Overall = "all questions";

    public GroupSummary All => Groups[0];

    public static EvalSummary Of(EvalResult result)
    {
        string[] policies = [.. result.Facts.Policies.Select(policy => policy.Name)];
        string[] columns = [.. policies, .. Baselines(result.Facts, policies)];
        return new EvalSummary(columns,
        [
            GroupSummary.Of(Overall, result.Rows, policies, columns, result.Facts.Bootstrap),
            .. Skills(result.Rows).Select(skill => GroupSummary.Of(
                skill, [.. result.Rows.Where(row => row.Skills.Contains(skill, StringComparer.Ordinal))], policies, columns,
                result.Facts.Bootstrap)),
        ]);
    }

    public static IEnumerable<string> Skills(IEnumerable<EvalRow> rows) =>
        rows.SelectMany(row => row.Skills).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    static IEnumerable<string> Baselines(EvalFacts facts, string[] policies)
    {
        if (facts.BestSingle is null)
            return [];
        return
        [
            Results.Columns.BestSingle,
            .. policies.SelectMany(Results.Columns.MatchedTo).Where(facts.Budgets.ContainsKey),
            Results.Columns.Random,
            .. facts.Generalist is null ? [] : new[] { Results.Columns.Generalist },
            Results.Columns.Oracle,
            Results.Columns.Vote,
        ];
    }
}
