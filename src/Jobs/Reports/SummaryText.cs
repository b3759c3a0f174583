using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>The scores over all questions as text for a terminal.</summary>
public static class SummaryText
{
    public static string Write(EvalResult result)
    {
        EvalSummary summary = EvalSummary.Of(result);
        return string.Join(Environment.NewLine, result.Facts.Policies.SelectMany(policy => Lines(policy.Name, result.Facts, summary)));
    }

    static IEnumerable<string> Lines(string policy, EvalFacts facts, EvalSummary summary)
    {
        IReadOnlyList<string>[] rows =
        [
            .. ScoreTables.ColumnsOf(policy, facts, summary).Where(summary.All.Means.ContainsKey).Select(column => (string[])
            [
                Words.Column(column, facts), Words.Percent(summary.All.Means[column]),
                summary.All.Gains.TryGetValue((policy, column), out var gain) ? $"{Words.Points(gain)} for {policy}" : "",
            ]),
            .. summary.All.GapClosed.GetValueOrDefault(policy) is { } gap
                ? (string[][])[["gap closed", Words.Percent(gap), ""]]
                : [],
        ];
        return rows.Length > 0 ? TextColumns.Align(rows) : [$"{policy}: no answer could be graded"];
    }
}
