namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>Area under the receiver operating characteristic: the chance that a new question scores higher than a known one.</summary>
static class RocArea
{
    /// <returns>0…1; ties count half.</returns>
    public static double Of(IReadOnlyList<double> known, IReadOnlyList<double> novel)
    {
        double[] ordered = [.. known.Order()];
        return novel.Average(score => (Below(ordered, score, orEqual: false) + Below(ordered, score, orEqual: true)) / (2.0 * ordered.Length));
    }

    static int Below(double[] ordered, double score, bool orEqual)
    {
        int low = 0, high = ordered.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ordered[middle] < score || (orEqual && ordered[middle] == score))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
