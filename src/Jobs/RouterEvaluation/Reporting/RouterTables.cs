using System.Globalization;
using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>The tables of a report on routers.</summary>
static class RouterTables
{
    public static IEnumerable<ReportTable> Of(RouterResult result)
    {
        yield return Scores(result);
        if (result.Verdicts.Any(verdict => verdict.Area is not null))
            yield return Costs(result);
        yield return Alone(result);
        yield return Efforts(result);
        if (Groups(result, "benchmark", row => row.Benchmark) is { } benchmarks)
            yield return benchmarks;
        if (Groups(result, "category", row => row.Category) is { } categories)
            yield return categories;
    }

    static ReportTable Scores(RouterResult result) => new(
        "Score", "Mean score of the chosen expert, in percent; held out is the same on training questions. Differences are points, paired. "
        + "Calibration is the expected calibration error of confidence over ten bins.",
        ["", "score", "held out", "gap closed", "over told", "over best single", "calibration", "cost", "options"],
        [
            .. result.Verdicts.Select(verdict => (string[])
            [
                verdict.Name, RouterWords.Percent(verdict.Score), verdict.HeldOut is { } heldOut ? RouterWords.Percent(heldOut) : Words.None,
                verdict.Gap is { } gap ? RouterWords.Percent(gap) : Words.None, RouterWords.Points(verdict.OverTold), RouterWords.Points(verdict.OverBestSingle),
                verdict.Reliability is { } reliability ? Number(reliability.Error, "0.000") : Words.None,
                verdict.Cost is { } cost ? RouterWords.Cost(cost) : Words.None, verdict.Options.Count > 0 ? string.Join("; ", verdict.Options) : Words.None,
            ]),
        ]);

    static ReportTable Costs(RouterResult result)
    {
        RouterEvaluationOptions options = result.Options;
        return new ReportTable(
            "Score for cost", $"Area is the mean score over the range from the cheapest to the dearest expert. Kept and cost are those of the best single "
            + $"expert, for the cheapest trade-off that keeps {options.Keep:0.##} of its score on held-out training questions by {options.Margin:0.##} standard errors; "
            + "auto takes the contender whose trade-off is the cheapest there. "
            + $"Saved is the share of splits that keep as much on test questions at {options.CostLimit:0.##} of the cost or less.",
            ["", "area", "kept", "of the cost", "splits that keep", "splits saved"],
            [
                .. result.Verdicts.Where(verdict => verdict.Area is not null).Select(verdict => (string[])
                [
                    verdict.Name, RouterWords.Percent(verdict.Area!.Value), .. verdict.Savings.Count == 0 ? [Words.None, Words.None, Words.None, Words.None] : new[]
                    {
                        Number(verdict.Savings.Average(saving => saving.Kept), "0.0000"), Number(verdict.Savings.Average(saving => saving.Cost), "0.000"),
                        Share(verdict, saving => saving.Kept >= options.Keep), Share(verdict, saving => saving.Kept >= options.Keep && saving.Cost <= options.CostLimit),
                    },
                ]),
            ]);
    }

    static string Share(Verdict verdict, Func<Saving, bool> holds) => $"{verdict.Savings.Count(holds)} of {verdict.Savings.Count}";

    static ReportTable Alone(RouterResult result) => new(
        "Experts alone", "On the test questions.", ["", "score", "cost"],
        [
            .. result.Alone.Select(expert => (string[])
                [expert.Name, RouterWords.Percent(expert.Score), expert.Cost is { } cost ? RouterWords.Cost(cost) : Words.None]),
        ]);

    static ReportTable Efforts(RouterResult result) => new(
        "Effort", "Fitting leaves out the five folds by which confidence is calibrated, about five times as much, on first use. A decision goes from the embedded question to the reasons, on one thread. "
        + "Memory is what a strategy keeps beside the profile that all share.",
        ["", "fit", "decision p50", "decision p99", "memory"],
        [
            .. result.Verdicts.Where(verdict => verdict.Effort is not null && verdict.Name != ReferenceNames.Auto).Select(verdict => (string[])
            [
                verdict.Name, RouterWords.Time(verdict.Effort!.Fit), RouterWords.Time(verdict.Effort.P50), RouterWords.Time(verdict.Effort.P99),
                Words.Mebibytes(verdict.Effort.Bytes),
            ]),
        ]);

    static ReportTable? Groups(RouterResult result, string kind, Func<RoutingRow, string?> of)
    {
        Pooled pooled = result.Pooled;
        IGrouping<string, int>[] groups = [.. Enumerable.Range(0, pooled.Rows.Count).Where(place => of(result.Set.Rows[pooled.Rows[place]]) is not null)
            .GroupBy(place => of(result.Set.Rows[pooled.Rows[place]])!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)];
        return groups.Length < 2
            ? null
            : new ReportTable(
                $"Score by {kind}", "In percent.", ["", "questions", .. pooled.Names],
                [
                    .. groups.Select(group => (string[])
                    [
                        group.Key, $"{group.Count()}", .. pooled.Names.Select(name => RouterWords.Percent(group.Average(place => pooled.Scores(name)[place]))),
                    ]),
                ]);
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
