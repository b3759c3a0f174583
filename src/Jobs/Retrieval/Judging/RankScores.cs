using System.Runtime.InteropServices;
using Orchestrator.Jobs.Retrieval.Data;

namespace Orchestrator.Jobs.Retrieval.Judging;

/// <summary>How good a ranking is, each 0…1.</summary>
/// <param name="Ndcg">
/// Normalised discounted cumulative gain of the first 10, with trec_eval's linear gain: a grade counts as itself, not as a
/// power of 2.
/// </param>
/// <param name="Recall">Share of the relevant documents within the first 100.</param>
/// <param name="Mrr">1 / place of the first relevant document, 0 when it is not within the first 10.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RankScores(double Ndcg, double Recall, double Mrr)
{
    public const int NdcgDepth = 10, RecallDepth = 100, MrrDepth = 10;

    /// <param name="ranking">Places of documents, best first, each at most once.</param>
    public static RankScores Of(IReadOnlyList<int> ranking, JudgedQuery query)
    {
        int[] fair = [.. ranking.Where(place => !query.Excluded.Contains(place)).Take(RecallDepth)];
        int[] grades = [.. fair.Select(place => query.Grades.GetValueOrDefault(place))];
        double ideal = Gain(query.Grades.Values.OrderDescending());
        int first = Array.FindIndex(grades, grade => grade > 0);
        return new RankScores(
            ideal > 0 ? Gain(grades) / ideal : 0,
            query.Grades.Count > 0 ? (double)grades.Count(grade => grade > 0) / query.Grades.Count : 0,
            first is >= 0 and < MrrDepth ? 1.0 / (first + 1) : 0);
    }

    static double Gain(IEnumerable<int> grades) => grades.Take(NdcgDepth).Select((grade, i) => grade / Math.Log2(i + 2)).Sum();
}
