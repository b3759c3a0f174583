namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>The share of the way from the best single expert to the oracle.</summary>
public static class GapClosed
{
    /// <summary>Rounding of sums must not pass for a gain that was possible.</summary>
    const double Least = 1e-9;

    /// <returns>(ours − single) / (oracle − single): 0 is no better than the single, 1 the oracle; null when they are equal.</returns>
    public static double? Of(double ours, double single, double oracle) =>
        oracle - single > Least ? (ours - single) / (oracle - single) : null;
}
