using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>One table a policy: its scores and those of its baselines, overall and by skill.</summary>
static class ScoreTables
{
    public static IEnumerable<ReportTable> Of(EvalFacts facts, EvalSummary summary) =>
        facts.Policies.SelectMany(policy => facts.BestSingle is null
            ? (ReportTable[])[Scores(policy.Name, facts, summary)]
            : [Scores(policy.Name, facts, summary), Gains(policy.Name, facts, summary)]);

    static ReportTable Scores(string policy, EvalFacts facts, EvalSummary summary)
    {
        string[] columns = [.. ColumnsOf(policy, facts, summary)];
        bool compared = facts.BestSingle is not null;
        return new ReportTable(
            $"Score of {policy}", "In percent.",
            ["", "questions", .. columns.Select(column => Words.Column(column, facts)), .. compared ? ["gap closed"] : Array.Empty<string>()],
            [
                .. summary.Groups.Select(group => (string[])
                [
                    group.Name, $"{group.Count}",
                    .. columns.Select(column => group.Means.TryGetValue(column, out var mean) ? Words.Percent(mean) : Missing(column, facts)),
                    .. compared ? [group.GapClosed.GetValueOrDefault(policy) is { } gap ? Words.Percent(gap) : Words.None] : Array.Empty<string>(),
                ]),
            ]);
    }

    static ReportTable Gains(string policy, EvalFacts facts, EvalSummary summary) => new(
        $"Gain of {policy}", "Percentage points above each baseline on all questions, paired.",
        ["above", "points"],
        [
            .. ColumnsOf(policy, facts, summary).Skip(1).Select(column => (string[])
            [
                Words.Column(column, facts),
                summary.All.Gains.TryGetValue((policy, column), out var gain) ? Words.Points(gain) : Missing(column, facts),
            ]),
        ]);

    static string Missing(string column, EvalFacts facts) => facts.Unknown.ContainsKey(column) ? Words.Unknown : Words.None;

    /// <summary>Its own, and the baselines without those that were matched to other policies; also what is unknown.</summary>
    public static IEnumerable<string> ColumnsOf(string policy, EvalFacts facts, EvalSummary summary)
    {
        string[] policies = [.. facts.Policies.Select(other => other.Name)];
        string[] matched = [.. Columns.MatchedTo(policy).Where(column => facts.Budgets.ContainsKey(column) || facts.Unknown.ContainsKey(column))];
        string[] common = [.. summary.Columns.Except(policies).Except(policies.SelectMany(Columns.MatchedTo))];
        // Beside the expert that votes with itself.
        return [policy, .. common.Where(column => column == Columns.BestSingle), .. matched, .. common.Where(column => column != Columns.BestSingle)];
    }
}
