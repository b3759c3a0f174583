using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>Words what came of an evaluation of routers.</summary>
public static class RouterReport
{
    public static string Markdown(RouterResult result) => MarkdownReport.Write(Of(result));

    /// <summary>One page that needs nothing else.</summary>
    public static string Html(RouterResult result) => HtmlReport.Write(Of(result), [.. RouterPlots.Of(result)]);

    static Report Of(RouterResult result) => new(
        $"Routers on {result.Set.Name}", [.. Describe(result)], [.. Warn(result)], [.. RouterTables.Of(result)]);

    static IEnumerable<string> Describe(RouterResult result)
    {
        JudgedSplit first = result.Splits[0];
        string times = result.Splits.Count > 1 ? $", {result.Splits.Count} times" : "";
        yield return $"{result.Set.Rows.Count} questions, {result.Set.Experts.Count} experts: {string.Join(", ", result.Set.Experts)}.";
        yield return $"Split {result.Split}{times}: {first.Train} questions to train on, {first.Rows.Count} to test on"
            + (result.Splits.Count > 1 ? $"; {result.Pooled.Rows.Count} were tested at least once, and count once with the mean over their splits." : ".");
        yield return $"Embedded by {result.Embedder}, fitted on the training questions: p50 {RouterWords.Time(Percentile.Of(Embedding(result), 0.5))}, "
            + $"p99 {RouterWords.Time(Percentile.Of(Embedding(result), 0.99))} a question.";
        yield return "Fits, options, the choice of auto and trade-offs are made on training questions alone, by five folds that were held out of the fit. "
            + "Policies are judged by who answers first.";
        yield return $"Brackets are {100 * result.Options.Bootstrap.Level:0.##} % intervals of the paired percentile bootstrap over questions "
            + $"({result.Options.Bootstrap.Resamples} resamples, seed {result.Options.Bootstrap.Seed}).";
        foreach (string reason in result.Splits.SelectMany(split => split.Learned.NotRun).Select(left => $"Not run: {left.Name}. {left.Reason}").Distinct())
            yield return reason;
    }

    static IEnumerable<string> Warn(RouterResult result)
    {
        int repeated = result.Splits.Sum(split => split.Repeated), incomplete = result.Splits.Sum(split => split.Incomplete);
        if (repeated > 0)
        {
            yield return $"{repeated} test questions begin as a training question does (160 characters): "
                + (result.Options.DropDuplicates ? "they were left out." : "routers may be right on them by memory; --drop-duplicates leaves them out.");
        }
        if (incomplete > 0)
            yield return $"{incomplete} test questions were left out, because the outcome of an expert is missing.";
    }

    static IEnumerable<TimeSpan> Embedding(RouterResult result) => result.Splits.SelectMany(split => split.Learned.Embedding);
}
