using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>Every expert alone, the best first; none without baselines.</summary>
static class ExpertTable
{
    public static IEnumerable<ReportTable> Of(EvalResult result)
    {
        ArmTotals[] arms = [.. result.Facts.Arms.Where(arm => arm.Kind == ArmKind.Expert)];
        if (arms.Length == 0)
            yield break;
        yield return new ReportTable(
            "Experts alone", "Of the questions of this report; the order says nothing about which was chosen as the best single.",
            ["expert", "score", "tokens", "wall time", "peak memory"],
            [
                .. arms.Select(arm => (arm, score: Score(result, arm.Arm))).OrderByDescending(pair => pair.score ?? -1)
                    .ThenBy(pair => pair.arm.Arm, StringComparer.Ordinal)
                    .Select(pair => (string[])
                    [
                        pair.arm.Arm, pair.score is { } score ? Words.Percent(score) : Words.None,
                        $"{(double)pair.arm.Tokens / Math.Max(1, pair.arm.Items):F1}",
                        Words.Time(pair.arm.WallTime), Words.Mebibytes(pair.arm.PeakBytes),
                    ]),
            ]);
    }

    public static double? Score(EvalResult result, string expert)
    {
        double[] scores = [.. result.Rows.Select(row => row.Scores.GetValueOrDefault(expert)).OfType<double>()];
        return scores.Length > 0 ? scores.Average() : null;
    }
}
