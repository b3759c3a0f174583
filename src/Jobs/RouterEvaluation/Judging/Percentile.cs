namespace Orchestrator.Jobs.RouterEvaluation.Judging;

static class Percentile
{
    /// <param name="times">At least one.</param>
    /// <returns>The least that so large a share is not above.</returns>
    public static TimeSpan Of(IEnumerable<TimeSpan> times, double share)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
