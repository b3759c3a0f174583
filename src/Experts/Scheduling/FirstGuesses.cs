namespace Orchestrator.Experts.Scheduling;

/// <summary>What slots that were never loaded or asked are expected to need: by what the others of this machine did.</summary>
sealed class FirstGuesses
{
    /// <summary>Before anything was loaded: a good disk, or memory with overheads.</summary>
    double? _bytesPerSecond;
    double? _serviceSeconds;

    public double LoadSeconds(long bytes) => bytes / (_bytesPerSecond ?? 1e9);

    public double ServiceSeconds => _serviceSeconds ?? 1;

    public void LoadTook(long bytes, double seconds)
    {
        if (seconds > 0)
            _bytesPerSecond = Measured.Blend(_bytesPerSecond, bytes / seconds);
    }

    public void ServiceTook(double seconds) => _serviceSeconds = Measured.Blend(_serviceSeconds, seconds);
}

/// <summary>One value from many measurements.</summary>
static class Measured
{
    /// <summary>Weight of the newest.</summary>
    const double Newest = 0.3;

    public static double Blend(double? before, double now) => before is { } old ? old + Newest * (now - old) : now;
}
