using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Files;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Batches;

/// <summary>
/// Takes batches and runs them one after the other, in the order in which they came: each then loads its experts about once.
/// Batches that an earlier process left unfinished go on.
/// </summary>
public sealed class BatchService : IAsyncDisposable
{
    /// <summary>After which a batch is tried again that a full disk or a lost broker stopped.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    readonly JobService _jobs;
    readonly BatchFormat _format;
    readonly BatchReading _reading;
    readonly TimeProvider _time;
    readonly TimeSpan _expiry;
    readonly ILogger _logger;
    readonly Channel<string> _queue = Channel.CreateUnbounded<string>();
    readonly ConcurrentDictionary<string, JobProgress> _progress = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    readonly CancellationTokenSource _stop = new();
    readonly CancellationToken _stopping;
    readonly Task _loop;

    /// <param name="longest">Bytes that a line may have.</param>
    public BatchService(JobService jobs, BatchFormat format, JobsConfig config, int longest, TimeProvider time, ILogger<BatchService> logger)
    {
        (_jobs, _format, _time, _expiry, _logger) = (jobs, format, time, config.Expiry, logger);
        _stopping = _stop.Token;
        _reading = new BatchReading(format, longest, config.MaxItems);
        Files = new JobFiles(jobs.Store, time);
        foreach (string unfinished in jobs.Store.Jobs.Unfinished()) _queue.Writer.TryWrite(unfinished);
        _loop = Task.Run(LoopAsync);
    }

    public JobFiles Files { get; }

    /// <summary>Whether a batch waits for the disk or the broker to be back.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>What runs in this process now.</summary>
    public IReadOnlyDictionary<string, JobProgress> Running => _progress;

    /// <summary>Stores a batch and has it checked; it runs when those before it are done.</summary>
    /// <exception cref="JobStoreException">It cannot be stored.</exception>
    public async Task<BatchView> CreateAsync(BatchFacts facts)
    {
        var batch = new JobRecord(
            $"batch_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}",
            JobState.Validating,
            new Dictionary<string, long> { [JobRecord.Created] = _jobs.Now, [JobRecord.Expires] = _jobs.Now + (long)_expiry.TotalSeconds },
            0, null, facts);
        await _jobs.Store.Jobs.AddAsync(batch);
        _ = CheckAsync(batch.Id);
        return View(batch);
    }

    /// <summary>Null when there is none.</summary>
    public BatchView? Find(string id) => _jobs.Store.Jobs.Find(id) is { Batch: not null } batch ? View(batch) : null;

    /// <summary>The newest first.</summary>
    /// <param name="after">The id of the last batch of the page before; null begins.</param>
    public IReadOnlyList<BatchView> List(string? after, int limit) => [.. _jobs.Store.Jobs.Batches(after, limit).Select(View)];

    public IReadOnlyDictionary<JobState, int> CountByState() => _jobs.Store.Jobs.CountByState();

    /// <summary>Stops a batch; what is answered stays and is written to its files.</summary>
    /// <returns>Null when there is none. One that has ended is returned as it is.</returns>
    public async Task<BatchView?> CancelAsync(string id)
    {
        JobRecord? batch = await _jobs.Store.Jobs.ChangeAsync(
            id, before => before.State is JobState.Validating or JobState.InProgress ? before.At(JobState.Cancelling, _jobs.Now) : null);
        if (_running.TryGetValue(id, out CancellationTokenSource? run)) await run.CancelAsync();
        else if (batch is { State: JobState.Cancelling }) _ = RunAsync(id);
        return batch is { Batch: not null } ? View(batch) : null;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    BatchView View(JobRecord batch) => new(batch, _jobs.Store.Items.Count(batch.Id));

    BatchLife Life(string id) => new(_jobs, Files, _reading, _format, _time, _logger, id);

    /// <summary>At once and beside the batch that runs, so that who made a mistake need not wait to hear of it.</summary>
    async Task CheckAsync(string id)
    {
        try
        {
            if (!await Task.Run(() => Life(id).ValidateAsync(_stopping))) return;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // It is checked again when its turn comes, here or after a restart.
        }
        _queue.Writer.TryWrite(id);
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
            _running[id] = run;
            try
            {
                BatchLife life = Life(id);
                if (await life.ValidateAsync(run.Token)) await life.RunAsync(new Told(now => _progress[id] = now), run.Token);
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
                Log.Paused(_logger, id, Pause.TotalSeconds, failure.Message);
                var pause = Task.Delay(Pause, _time, run.Token);
                IsPaused = true;
                await pause.ContinueWith(_ => IsPaused = false, TaskScheduler.Default);
            }
            catch (Exception bug)
            {
                Log.Failed(_logger, bug, id);
                await FailAsync(id, bug);
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
            await Task.Delay(Pause, _time, _stopping);
            _queue.Writer.TryWrite(id);
        }
        catch (OperationCanceledException)
        {
            // It goes on at the next start, if it has not ended by then.
        }
    }

    async Task FailAsync(string id, Exception bug)
    {
        try
        {
            await _jobs.Store.Jobs.ChangeAsync(id, before => before.State.HasEnded() ? null : before.At(JobState.Failed, _jobs.Now) with
            {
                Batch = before.Batch! with { Problems = [new BatchProblem("server_error", bug.Message, null, null)] },
            });
        }
        catch (IOException failure)
        {
            Log.Failed(_logger, failure, id);
        }
    }

    sealed class Told(Action<JobProgress> tell) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => tell(value);
    }
}

/// <summary>A batch as it is now.</summary>
public sealed record BatchView(JobRecord Batch, JobCounts Counts);
