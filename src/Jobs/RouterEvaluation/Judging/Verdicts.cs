using Orchestrator.Jobs.RouterEvaluation.Learning;

namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>Sums the splits up, contender by contender.</summary>
static class Verdicts
{
    public static IReadOnlyList<Verdict> Of(Pooled pooled, IReadOnlyList<JudgedSplit> splits) => [.. pooled.Names.Select(name => Of(name, pooled, splits))];

    static Verdict Of(string name, Pooled pooled, IReadOnlyList<JudgedSplit> splits)
    {
        JudgedColumn[] columns = [.. splits.Select(split => split.Columns.First(column => column.Name == name))];
        Choices[] choices = [.. splits.Select(split => split.Learned.Contenders
            .FirstOrDefault(contender => contender.Name == (name == ReferenceNames.Auto ? split.Learned.Auto : name))).OfType<Choices>()];
        double?[] costs = [.. columns.SelectMany(column => column.Costs)];
        return new Verdict(
            name, pooled.Mean(name), pooled.GapClosed(name), pooled.Difference(name, ReferenceNames.Told),
            pooled.Difference(name, ReferenceNames.BestSingle), costs.Any(cost => cost is null) ? null : costs.Average())
        {
            HeldOut = choices.Length > 0 ? choices.Average(choice => choice.HeldOut) : null,
            Options = [.. choices.Select(choice => name == ReferenceNames.Auto ? Words(choice) : choice.Options)
                .Where(options => options.Length > 0).GroupBy(options => options, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count()).Select(group => splits.Count > 1 ? $"{group.Key} ({group.Count()}×)" : group.Key)],
            Reliability = choices.Length > 0
                ? Reliability.Of([.. columns.SelectMany(column => column.Confidence!.Zip(column.Scores))])
                : null,
            Curve = Mean([.. columns.Select(column => column.Curve)]),
            Area = columns.All(column => column.Area is not null) ? columns.Average(column => column.Area) : null,
            Savings = [.. columns.Select(column => column.Saving).OfType<Saving>()],
            Effort = choices.Length > 0 ? Effort([.. choices.Select(choice => choice.Effort)]) : null,
        };
    }

    static string Words(Choices choices) => choices.Options.Length > 0 ? $"{choices.Name} with {choices.Options}" : choices.Name;

    /// <summary>Price by price; none when a split has none.</summary>
    static IReadOnlyList<CurvePoint> Mean(IReadOnlyList<IReadOnlyList<CurvePoint>> curves) =>
        [.. Enumerable.Range(0, curves.Min(curve => curve.Count)).Select(rate =>
            new CurvePoint(curves.Average(curve => curve[rate].Cost), curves.Average(curve => curve[rate].Score)))];

    static EffortSummary Effort(IReadOnlyList<Effort> efforts)
    {
        TimeSpan[] decisions = [.. efforts.SelectMany(effort => effort.Decisions)];
        return new EffortSummary(
            TimeSpan.FromSeconds(efforts.Average(effort => effort.Fit.TotalSeconds)), efforts.Max(effort => effort.Bytes),
            Percentile.Of(decisions, 0.5), Percentile.Of(decisions, 0.99));
    }
}
