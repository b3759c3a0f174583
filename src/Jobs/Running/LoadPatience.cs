using System.Collections.Concurrent;

namespace Orchestrator.Jobs.Running;

/// <summary>
/// How long batch work waits for an expert whose loads fail: a disk that was busy is back in a moment. The time is one for all
/// calls of an expert, so that a file that is broken for good costs it once and not once an item.
/// </summary>
sealed class LoadPatience(TimeProvider time)
{
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, (DateTimeOffset First, DateTimeOffset Last)> _failing = new(StringComparer.Ordinal);

    /// <summary>A load of the expert failed.</summary>
    /// <param name="retryAfter">When the pool tries again; null when that is not known.</param>
    /// <returns>After which to ask again; null when it has failed for too long.</returns>
    public TimeSpan? Failed(string expert, TimeSpan? retryAfter)
    {
        DateTimeOffset now = time.GetUtcNow();
        // Of a job long ago nothing counts.
        var (first, _) = _failing.AddOrUpdate(
            expert, _ => (now, now), (_, before) => (now - before.Last > Most ? now : before.First, now));
        return now - first >= Most ? null : retryAfter > Least ? retryAfter : Least;
    }

    public void Loaded(string expert) => _failing.TryRemove(expert, out _);
}
