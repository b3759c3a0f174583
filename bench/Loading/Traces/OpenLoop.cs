namespace Orchestrator.Bench.Loading.Traces;

/// <summary>Sends each request when the trace says, whether or not earlier ones are answered.</summary>
static class OpenLoop
{
    /// <param name="send">Gets the number of the arrival.</param>
    /// <returns>What came of each, in the trace's order.</returns>
    public static async Task<T[]> RunAsync<T>(
        TimeProvider time, IReadOnlyList<Arrival> arrivals, Func<int, Task<T>> send, CancellationToken cancellationToken)
    {
        var requests = new List<Task<T>>(arrivals.Count);
        long start = time.GetTimestamp();
        foreach (Arrival arrival in arrivals)
        {
            TimeSpan wait = arrival.At - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            int number = requests.Count;
            requests.Add(Task.Run(() => send(number), cancellationToken));
        }
        return await Task.WhenAll(requests);
    }
}
