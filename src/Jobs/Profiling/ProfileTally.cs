namespace Orchestrator.Jobs.Profiling;

/// <summary>Counts the answers of one expert; several finish at once.</summary>
sealed class ProfileTally
{
    readonly Lock _lock = new();
    readonly IProgress<ProfileProgress>? _progress;
    ProfileProgress _now;

    public ProfileTally(ProfileProgress start, IProgress<ProfileProgress>? progress)
    {
        _now = start;
        _progress = progress;
        progress?.Report(start);
    }

    public void Add(double score)
    {
        // Reported inside the lock: out of it, an older count could arrive after a newer one.
        lock (_lock)
        {
            _now = _now with { Asked = _now.Asked + 1, Score = _now.Score + score };
            _progress?.Report(_now);
        }
    }
}
