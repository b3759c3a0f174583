namespace Orchestrator.Host.Feedback;

/// <summary>So many verdicts of one client within a sliding window. Not thread safe.</summary>
sealed class FeedbackLimit(int most, TimeSpan window)
{
    readonly Dictionary<string, Queue<DateTimeOffset>> _taken = new(StringComparer.Ordinal);
    DateTimeOffset _swept;

    /// <summary>Takes one, if there is one left.</summary>
    /// <returns>Null when it was taken, otherwise how long until there is one.</returns>
    public TimeSpan? Take(string client, DateTimeOffset now)
    {
        Sweep(now);
        if (!_taken.TryGetValue(client, out var times)) _taken.Add(client, times = []);
        Drop(times, now);
        if (times.Count >= most) return times.Peek() + window - now;
        times.Enqueue(now);
        return null;
    }

    /// <summary>Clients that are gone take no memory.</summary>
    void Sweep(DateTimeOffset now)
    {
        if (now - _swept < window) return;
        _swept = now;
        foreach (var (client, times) in _taken)
        {
            Drop(times, now);
            if (times.Count == 0) _taken.Remove(client);
        }
    }

    void Drop(Queue<DateTimeOffset> times, DateTimeOffset now)
    {
        while (times.TryPeek(out var first) && first <= now - window) times.Dequeue();
    }
}
