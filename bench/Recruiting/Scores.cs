using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Bench.Recruiting;

/// <summary>Columns of evaluations as cells of a table.</summary>
static class Scores
{
    /// <summary>Percent, with its interval.</summary>
    public static string Told(Estimate estimate) =>
        $"{Report.Percent(estimate.Value)} ({Report.Percent(estimate.Range.Low)} to {Report.Percent(estimate.Range.High)})";

    /// <summary>How much higher the one policy scores than the other on the same questions.</summary>
    public static string Gain(EvalResult result, string policy, EvalResult other, string otherPolicy) =>
        Told(new Bootstrap([Of(result, policy), Of(other, otherPolicy)], result.Facts.Bootstrap).Difference(0, 1));

    static double[] Of(EvalResult result, string policy) => [.. result.Rows.Select(row => row.Scores[policy] ?? 0)];
}
