namespace Orchestrator.Bench.Loading.Traces;

/// <summary>Looks often at how many bytes are held, and keeps the most.</summary>
sealed class PeakMemory : IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    readonly CancellationTokenSource _stop = new();
    readonly Task _watch;

    public PeakMemory(Func<long> bytes, TimeProvider time) => _watch = WatchAsync(bytes, time);

    public long Bytes { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    async Task WatchAsync(Func<long> bytes, TimeProvider time)
    {
        while (!_stop.IsCancellationRequested)
        {
            Bytes = Math.Max(Bytes, bytes());
            await Task.Delay(Interval, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
