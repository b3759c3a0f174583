using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Results;

namespace Orchestrator.Jobs.Retrieval.Reporting;

/// <summary>What removing one expert does to its own collection and to the others.</summary>
static class RemovalTable
{
    /// <returns>Nothing when no expert was removed.</returns>
    public static IEnumerable<ReportTable> Of(RetrievalResult result)
    {
        if (result.Removals.Count == 0)
            yield break;
        yield return new ReportTable(
            "Without an expert",
            "nDCG@10 of RouterRetriever in percent when one expert is gone. Not available: its pilots stay, and the base answers for it. "
            + "Removed: its pilots went too, and its queries go to the next ones or below the floor. Differences are points; the largest change elsewhere is over the other collections.",
            ["removed", "collection", "with it", "base", "not available", "above base", "change elsewhere", "removed", "above base", "change elsewhere"],
            [.. result.Removals.Select(removal => Row(result, removal))]);
    }

    static string[] Row(RetrievalResult result, Removal removal)
    {
        ArmRow baseArm = result.Arms.First(arm => arm.Name == ArmNames.Base(result.Base));
        int home = result.Corpora.Index().Where(corpus => corpus.Item.Name == removal.Home).Select(corpus => corpus.Index).DefaultIfEmpty(-1).First();
        ArmRow[] arms = [removal.Before, baseArm, removal.Unavailable, removal.Removed];
        Bootstrap? at = home < 0 ? null : new Bootstrap(
            [.. arms.Select(arm => arm.Runs[home].Select(run => run.Scores.Ndcg).ToArray())], result.Options.Bootstrap);
        return
        [
            removal.Expert, removal.Home ?? Words.None,
            Mean(0), Mean(1), Mean(2), Above(2), Elsewhere(removal.Unavailable), Mean(3), Above(3), Elsewhere(removal.Removed),
        ];

        string Mean(int arm) => at is null ? Words.None : Words.Percent(at.Mean(arm).Value);
        string Above(int arm) => at is null ? Words.None : Words.Points(at.Difference(arm, 1));
        string Elsewhere(ArmRow after) => Words.Points(Enumerable.Range(0, result.Corpora.Count).Where(collection => collection != home)
            .Select(collection => Score(after, collection) - Score(removal.Before, collection)).OrderByDescending(Math.Abs).FirstOrDefault());
    }

    static double Score(ArmRow arm, int collection) => arm.Runs[collection].Average(run => run.Scores.Ndcg);
}
