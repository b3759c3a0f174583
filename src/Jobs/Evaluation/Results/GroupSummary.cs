using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>The scores over some of the questions: all of them, or those of a skill.</summary>
/// <param name="Name">A skill, or <see cref="EvalSummary.Overall"/>.</param>
/// <param name="Count">Questions that every column has a score for.</param>
/// <param name="LeftOut">Questions that some column has none for.</param>
/// <param name="Means">By column.</param>
/// <param name="GapClosed">By policy; null where nothing could be gained. Empty without baselines.</param>
/// <param name="Gains">How much each policy is above each baseline, by policy and column. Empty without baselines.</param>
public sealed record GroupSummary(
    string Name, int Count, int LeftOut, IReadOnlyDictionary<string, Estimate> Means,
    IReadOnlyDictionary<string, Estimate?> GapClosed,
    IReadOnlyDictionary<(string Policy, string Column), Estimate> Gains)
{
    public static GroupSummary Of(
        string name, IReadOnlyCollection<EvalRow> rows, IReadOnlyList<string> policies, IReadOnlyList<string> columns,
        BootstrapOptions options)
    {
        EvalRow[] complete = [.. rows.Where(row => columns.All(column => row.Scores.GetValueOrDefault(column) is not null))];
        if (complete.Length == 0)
        {
            return new GroupSummary(
                name, 0, rows.Count, new Dictionary<string, Estimate>(), new Dictionary<string, Estimate?>(),
                new Dictionary<(string, string), Estimate>());
        }
        var bootstrap = new Bootstrap(
            [.. columns.Select(column => complete.Select(row => row.Scores[column]!.Value).ToArray())], options);
        int single = Place(Columns.BestSingle), oracle = Place(Columns.Oracle);
        string[] baselines = [.. columns.Where(column => !policies.Contains(column, StringComparer.Ordinal))];
        return new GroupSummary(
            name, complete.Length, rows.Count - complete.Length,
            columns.ToDictionary(column => column, column => bootstrap.Mean(Place(column)), StringComparer.Ordinal),
            (single < 0 ? [] : policies).ToDictionary(
                policy => policy, policy => bootstrap.GapClosed(Place(policy), single, oracle), StringComparer.Ordinal),
            policies.SelectMany(policy => baselines.Select(column => (policy, column)))
                .ToDictionary(pair => pair, pair => bootstrap.Difference(Place(pair.policy), Place(pair.column))));

        int Place(string column) => columns.Index().Where(pair => pair.Item == column).Select(pair => pair.Index).DefaultIfEmpty(-1).First();
    }
}
