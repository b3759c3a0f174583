using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Results;
using Orchestrator.Jobs.Retrieval.Searching;
using Orchestrator.Jobs.RouterEvaluation.Judging;
using Orchestrator.Jobs.RouterEvaluation.Reporting;

namespace Orchestrator.Jobs.Retrieval.Reporting;

/// <summary>Where the time of a query goes.</summary>
static class TimeTable
{
    public static ReportTable Of(RetrievalResult result) => new(
        "Time of a query", "Medians over all queries, one query at a time. Routing needs a pass of the base first, unless it chooses the base.",
        ["", "base first", "route", "encode", "search", "in all"],
        [
            .. result.Arms.Where(arm => arm.Kind != ArmKind.Informed && arm.Name != ArmNames.Random).Select(arm => (string[])
            [
                arm.Name, Median(arm, times => times.First), Median(arm, times => times.Route), Median(arm, times => times.Encode),
                Median(arm, times => times.Search), Median(arm, times => times.Total),
            ]),
        ]);

    static string Median(ArmRow arm, Func<QueryTimes, TimeSpan> part) =>
        RouterWords.Time(Percentile.Of(arm.Runs.SelectMany(runs => runs).Select(run => part(run.Times)), 0.5));
}
