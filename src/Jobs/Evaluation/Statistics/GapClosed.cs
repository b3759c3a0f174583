namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>The share of the way from the best single expert to the oracle.</summary>
public static class GapClosed
{
    /// <summary>Rounding of sums must not pass for a gain that was possible.</summary>
    const double Least = 1e-9;

    /// <returns>(ours − baseline) / (oracle − baseline): 0 is no better than the best single expert, 1 the oracle; null when they are equal.</returns>
    public static double? Of(double ours, double baseline, double oracle) =>
        oracle - baseline > Least ? (ours - baseline) / (oracle - baseline) : null;
}
