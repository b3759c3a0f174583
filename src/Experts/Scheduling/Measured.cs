namespace Orchestrator.Experts.Scheduling;

/// <summary>One value from many measurements.</summary>
static class Measured
{
    /// <summary>Weight of the newest.</summary>
    const double Newest = 0.3;

    public static double Blend(double? before, double now) => before is { } old ? old + Newest * (now - old) : now;
}
