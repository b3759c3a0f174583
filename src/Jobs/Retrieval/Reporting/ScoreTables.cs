using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Reports;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Judging;
using Orchestrator.Jobs.Retrieval.Results;

namespace Orchestrator.Jobs.Retrieval.Reporting;

/// <summary>A table a measure, and what each way of searching gains over those that it must be better than.</summary>
static class ScoreTables
{
    public static IEnumerable<ReportTable> Of(RetrievalResult result)
    {
        var ndcg = new ArmScores(result.Arms, scores => scores.Ndcg, result.Options.Bootstrap);
        yield return Table("nDCG@10", "In percent.", result, (arm, _) => ndcg.Of(arm).Select(Words.Percent));
        foreach (string name in Rivals(result))
        {
            int other = Place(result, name);
            yield return Table($"nDCG@10 above {name}", "Percentage points, paired by query.", result, (arm, _) => ndcg.Above(arm, other).Select(Words.Points));
        }
        yield return Measure("recall@100", "In percent.", result, scores => scores.Recall);
        yield return Measure("MRR@10", "Mean of 1 / place of the first relevant document, in percent.", result, scores => scores.Mrr);
    }

    static ReportTable Measure(string title, string note, RetrievalResult result, Func<RankScores, double> measure)
    {
        var scores = new ArmScores(result.Arms, measure, result.Options.Bootstrap);
        return Table(title, note, result, (arm, _) => scores.Of(arm).Select(Words.Percent));
    }

    static ReportTable Table(string title, string note, RetrievalResult result, Func<int, ArmRow, IEnumerable<string>> cells) => new(
        title, note, ["", .. result.Corpora.Select(corpus => corpus.Name), "mean", "all queries"],
        [.. result.Arms.Select((arm, i) => (string[])[arm.Name, .. cells(i, arm)])]);

    static IEnumerable<string> Rivals(RetrievalResult result) =>
        [ArmNames.Base(result.Base), .. result.MultiTask is { } multiTask ? [ArmNames.MultiTask(multiTask)] : Array.Empty<string>(), ArmNames.ByName, ArmNames.Words];

    static int Place(RetrievalResult result, string name) => result.Arms.Index().First(arm => arm.Item.Name == name).Index;
}
