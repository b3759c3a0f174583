namespace Orchestrator.Experts.Scheduling;

/// <summary>What slots that were never loaded or asked are expected to need: by what the others of this machine did.</summary>
sealed class FirstGuesses
{
    /// <summary>Before anything was loaded: a good disk, or memory with overheads.</summary>
    double? _bytesPerSecond;
    double? _serviceSeconds;

    /// <summary>As of now: estimates keep it for others to read.</summary>
    public GuessedPace Pace => new(_bytesPerSecond ?? 1e9, _serviceSeconds ?? 1);

    public double LoadSeconds(long bytes) => bytes / Pace.BytesPerSecond;

    public double ServiceSeconds => Pace.ServiceSeconds;

    public void LoadTook(long bytes, double seconds)
    {
        if (seconds > 0)
            _bytesPerSecond = Measured.Blend(_bytesPerSecond, bytes / seconds);
    }

    public void ServiceTook(double seconds) => _serviceSeconds = Measured.Blend(_serviceSeconds, seconds);
}

/// <param name="ServiceSeconds">How long a request holds a sequence.</param>
readonly record struct GuessedPace(double BytesPerSecond, double ServiceSeconds);
