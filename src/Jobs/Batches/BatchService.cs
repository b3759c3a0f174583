using System.Security.Cryptography;
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
    /// <summary>What the id of every batch begins with.</summary>
    public const string IdPrefix = "batch_";

    readonly JobService _jobs;
    readonly TimeSpan _expiry;
    readonly BatchRunner _runner;

    /// <param name="longest">Bytes that a line may have.</param>
    public BatchService(JobService jobs, BatchFormat format, JobsConfig config, int longest, TimeProvider time, ILogger<BatchService> logger)
    {
        (_jobs, _expiry) = (jobs, config.Expiry);
        Files = new JobFiles(jobs.Store, time);
        var reading = new BatchReading(format, longest, config.MaxItems);
        _runner = new BatchRunner(id => new BatchLife(jobs, Files, reading, format, time, logger, id), time, logger)
            .Start(jobs.Store.Jobs.Unfinished());
    }

    public JobFiles Files { get; }

    /// <summary>Whether a batch waits for the disk or the broker to be back.</summary>
    public bool IsPaused => _runner.IsPaused;

    /// <summary>What runs in this process now, and how far it is.</summary>
    public IReadOnlyDictionary<string, JobProgress> Running => _runner.Running;

    /// <summary>Stores a batch and has it checked; it runs when those before it are done.</summary>
    /// <exception cref="JobStoreException">It cannot be stored.</exception>
    public async Task<BatchView> CreateAsync(BatchFacts facts)
    {
        var batch = new JobRecord(
            $"{IdPrefix}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}",
            JobState.Validating,
            new Dictionary<string, long> { [JobRecord.Created] = _jobs.Now, [JobRecord.Expires] = _jobs.Now + (long)_expiry.TotalSeconds },
            0, null, facts);
        await _jobs.Store.Jobs.AddAsync(batch);
        _ = _runner.TakeAsync(batch.Id);
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
        if (_jobs.Find(id) is not { Batch: not null } || await _jobs.CancelAsync(id) is not { } batch) return null;
        if (batch.State == JobState.Cancelling) await _runner.CancelAsync(id);
        return View(batch);
    }

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    BatchView View(JobRecord batch) => new(batch, _jobs.Store.Items.Count(batch.Id));
}

/// <summary>A batch as it is now.</summary>
public sealed record BatchView(JobRecord Batch, JobCounts Counts);
