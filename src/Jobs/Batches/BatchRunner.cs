using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Batches;

/// <summary>Runs batches one after the other, in the order in which they come.</summary>
/// <param name="life">Of the batch of an id.</param>
sealed class BatchRunner(Func<string, BatchLife> life, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>After which a batch is tried again that a full disk or a lost broker stopped.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    readonly Channel<string> _queue = Channel.CreateUnbounded<string>();
    readonly ConcurrentDictionary<string, JobProgress> _progress = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, CancellationTokenSource> _reading = new(StringComparer.Ordinal);
    readonly CancellationTokenSource _stop = new();
    CancellationToken _stopping;
    Task _loop = Task.CompletedTask;

    public IReadOnlyDictionary<string, JobProgress> Running => _progress;

    /// <summary>Whether a batch waits for the disk or the broker to be back.</summary>
    public bool IsPaused { get; private set; }

    /// <param name="unfinished">What an earlier process left, the oldest first.</param>
    public BatchRunner Start(IEnumerable<string> unfinished)
    {
        _stopping = _stop.Token;
        foreach (string id in unfinished) _queue.Writer.TryWrite(id);
        _loop = Task.Run(LoopAsync);
        return this;
    }

    /// <summary>Checks it at once and beside the batch that runs, so that who made a mistake need not wait to hear of it; then it queues.</summary>
    public async Task TakeAsync(string id)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        _reading[id] = reading;
        try
        {
            if (!await Task.Run(() => life(id).ValidateAsync(reading.Token))) return;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // It is checked again when its turn comes, here or after a restart.
        }
        catch (Exception bug)
        {
            Log.Failed(logger, bug, id);
            await life(id).FailAsync(bug.Message);
            return;
        }
        finally
        {
            _reading.TryRemove(id, out _);
        }
        // Who cancelled it meanwhile leaves its end to this task: nothing of it is read any more.
        if (reading.IsCancellationRequested && !_stopping.IsCancellationRequested) await RunAsync(id);
        else _queue.Writer.TryWrite(id);
    }

    /// <summary>Ends the run of a batch that is being cancelled; one that waits for its turn is finished at once.</summary>
    public async Task CancelAsync(string id)
    {
        if (!await TryCancelAsync(_running, id) && !await TryCancelAsync(_reading, id)) _ = RunAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    /// <returns>Whether there was something to cancel.</returns>
    static async Task<bool> TryCancelAsync(ConcurrentDictionary<string, CancellationTokenSource> sources, string id)
    {
        if (!sources.TryGetValue(id, out CancellationTokenSource? source)) return false;
        try
        {
            await source.CancelAsync();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // It ended at this very moment.
            return false;
        }
    }

    async Task LoopAsync()
    {
        try
        {
            await foreach (string id in _queue.Reader.ReadAllAsync(_stopping)) await RunAsync(id);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What is unfinished goes on at the next start.
        }
    }

    async Task RunAsync(string id)
    {
        while (!_stopping.IsCancellationRequested)
        {
            using var run = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
            // Whoever runs it already, as after it was cancelled twice, brings it to its end.
            if (!_running.TryAdd(id, run)) return;
            try
            {
                if (await life(id).ValidateAsync(run.Token)) await life(id).RunAsync(new Told(now => _progress[id] = now), run.Token);
                return;
            }
            catch (OperationCanceledException) when (run.IsCancellationRequested)
            {
                // Stopping, or cancelled: then it is finished in the next round.
            }
            catch (JobHeldException)
            {
                // Another service over the same folder runs it; here the next one begins meanwhile.
                _ = AgainAsync(id);
                return;
            }
            catch (IOException failure)
            {
                Log.Paused(logger, id, Pause.TotalSeconds, failure.Message);
                var pause = Task.Delay(Pause, time, run.Token);
                IsPaused = true;
                await pause.ContinueWith(_ => IsPaused = false, TaskScheduler.Default);
            }
            catch (Exception bug)
            {
                Log.Failed(logger, bug, id);
                await life(id).FailAsync(bug.Message);
                return;
            }
            finally
            {
                _running.TryRemove(id, out _);
                _progress.TryRemove(id, out _);
            }
        }
    }

    async Task AgainAsync(string id)
    {
        try
        {
            await Task.Delay(Pause, time, _stopping);
            _queue.Writer.TryWrite(id);
        }
        catch (OperationCanceledException)
        {
            // It goes on at the next start, if it has not ended by then.
        }
    }

    sealed class Told(Action<JobProgress> tell) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => tell(value);
    }
}
