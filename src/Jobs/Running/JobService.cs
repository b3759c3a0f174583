using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Running;

/// <summary>
/// Jobs over many items, kept in <c>jobs.db</c> so that a job that was interrupted at any moment goes on where it was.
/// </summary>
public sealed class JobService : IAsyncDisposable
{
    const int PageSize = 512;

    static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);

    readonly JobsConfig _config;
    readonly Func<JobWorkplace> _workplace;
    readonly TimeProvider _time;
    readonly ILoggerFactory _loggers;
    readonly PanelMerge _merge;
    readonly GroupWorker _worker;
    readonly ConcurrentDictionary<string, CancellationToken> _running = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _starting = new(1, 1);
    readonly FileHashes _files = new();
    (OrchestratorConfig Config, string Fingerprint)? _seen;
    TimeSpan _patience;
    JobBus? _bus;
    string _busFor = "";

    JobService(JobStore store, JobsConfig config, Func<JobWorkplace> workplace, TimeProvider time, ILoggerFactory loggers)
    {
        (Store, _config, _workplace, _time, _loggers) = (store, config, workplace, time, loggers);
        _merge = new PanelMerge(workplace);
        _worker = new GroupWorker(store, workplace, _merge, time);
    }

    internal JobStore Store { get; }

    /// <param name="workplace">Asked whenever a step of a job begins.</param>
    /// <param name="patience">How long a message broker may take to answer; null is half a minute.</param>
    /// <exception cref="JobStoreException">The folder or its database cannot be used; the message says why.</exception>
    public static JobService Open(
        JobsConfig config, Func<JobWorkplace> workplace, TimeProvider time, ILoggerFactory loggers, TimeSpan? patience = null) =>
        new(new JobStore(JobFolder.Of(config)), config, workplace, time, loggers) { _patience = patience ?? UsualPatience };

    /// <summary>
    /// Stores a job. A job of that id that is there already is kept with all its answers: then its items must be the same.
    /// </summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="JobStoreException">It cannot be stored, or there is a job of that id with other items.</exception>
    public async Task<bool> SubmitAsync(string job, IReadOnlyList<JobItem> items, CancellationToken cancellationToken = default)
    {
        var stamps = new Dictionary<string, long> { [JobRecord.Created] = Now };
        string fingerprint = Fingerprint(items);
        bool added = await Store.Jobs.AddAsync(new JobRecord(job, JobState.Validating, stamps, items.Count, fingerprint, null));
        JobRecord stored = Store.Jobs.Find(job)!;
        if (stored.Fingerprint != fingerprint)
            throw new JobStoreException($"There is a job '{job}' with other items; give this one another name.");
        if (stored.State is JobState.InProgress or JobState.Completed) return added;
        await FillAsync(job, items, cancellationToken);
        await Store.Jobs.ChangeAsync(job, before => before.At(JobState.InProgress, Now));
        return added;
    }

    /// <summary>Null when there is none of that id.</summary>
    public JobRecord? Find(string job) => Store.Jobs.Find(job);

    /// <summary>The newest first.</summary>
    public IEnumerable<(JobRecord Job, JobCounts Counts)> List() => Store.Jobs.All().Select(job => (job, Store.Items.Count(job.Id)));

    /// <summary>Whoever runs it, in this process or another one, stops at its next step; what is answered is kept.</summary>
    /// <returns>The job as it is now; null when there is none.</returns>
    public async Task<JobRecord?> CancelAsync(string job)
    {
        JobRecord? cancelled = await Store.Jobs.ChangeAsync(
            job, before => before.State is JobState.Validating or JobState.InProgress ? before.At(JobState.Cancelling, Now) : null);
        if (cancelled is not { State: JobState.Cancelling, Batch: null }) return cancelled;
        // A batch has files to be written by its server; of any other job that nobody runs nothing is left to do.
        using JobLock? idle = JobLock.TryTake(Store.Folder, job);
        return idle is null ? cancelled : await EndCancelledAsync(job);
    }

    /// <summary>Runs what is not yet answered. Cancelling leaves the job resumable by calling this again.</summary>
    /// <exception cref="JobCancelledException">It was cancelled by <see cref="CancelAsync"/>, here or elsewhere.</exception>
    /// <exception cref="JobStoreException">There is no such job, another process runs it, or results cannot be stored.</exception>
    /// <exception cref="IOException">The message broker cannot be reached.</exception>
    public async Task<JobReport> RunAsync(
        string job, IProgress<JobProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using JobLock held = JobLock.TryTake(Store.Folder, job)
            ?? throw new JobHeldException(job);
        if (Store.Jobs.Find(job) is not { } record) throw new JobStoreException($"There is no job '{job}'.");
        JobBus bus = await BusAsync(cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using JobMail mail = bus.Open(job);
        _running[job] = end.Token;
        try
        {
            var meter = new RunMeter(() => _workplace().Pool.Measure(), _time, progress, Store.Items.Count(job));
            JobReport report = await new JobRun(Store, bus, mail, _workplace, _merge, meter, _time, job, end.Token).RunAsync();
            if (record.Batch is null) await Store.Jobs.ChangeAsync(job, before => before.At(JobState.Completed, Now));
            return report;
        }
        catch (OperationCanceledException) when (record.Batch is null && Store.Jobs.Find(job) is { State: JobState.Cancelling })
        {
            await EndCancelledAsync(job);
            throw new JobCancelledException(job);
        }
        finally
        {
            _running.TryRemove(job, out _);
            // What workers still do for it is of no use any more.
            await end.CancelAsync();
        }
    }

    /// <summary>The items that have ended so far, in their order; also while the job runs.</summary>
    public IEnumerable<JobAnswer> Answers(string job) => new AnswerReader(Store, job).Ended();

    /// <summary>The keys of items that have not ended, in their order.</summary>
    public IEnumerable<string> OpenKeys(string job) => new AnswerReader(Store, job).OpenKeys();

    /// <summary>Forgets a job with all its answers.</summary>
    /// <exception cref="JobStoreException">Another process runs it, or the store cannot be written.</exception>
    public async Task DeleteAsync(string job)
    {
        using JobLock held = JobLock.TryTake(Store.Folder, job) ?? throw new JobHeldException(job);
        await Store.Jobs.DeleteAsync(job);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null) await _bus.DisposeAsync();
        await Store.DisposeAsync();
        _starting.Dispose();
    }

    /// <summary>Ends the items whose panel has answered and needs no expert to merge.</summary>
    internal Task SettleAsync(string job, CancellationToken cancellationToken) =>
        new Settlement(Store, _merge, job).SettleAllAsync(cancellationToken);

    Task<JobRecord?> EndCancelledAsync(string job) =>
        Store.Jobs.ChangeAsync(job, before => before.State == JobState.Cancelling ? before.At(JobState.Cancelled, Now) : null);

    internal long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    internal async Task FillAsync(string job, IReadOnlyList<JobItem> items, CancellationToken cancellationToken)
    {
        for (int first = 0; first < items.Count; first += PageSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Store.Items.AddAsync(job, first, [.. items.Skip(first).Take(PageSize)]);
        }
    }

    /// <summary>
    /// Started with the first job, so that a service without jobs has no bus. Over a broker only processes of the same experts
    /// and policies share work; after a reload that changed them the next job gets a bus of its own.
    /// </summary>
    async Task<JobBus> BusAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            string queue = $"{Store.Id}-{Seen(_workplace().Config)}";
            if (_bus is not null && (queue == _busFor || _config.Rabbitmq is null || !_running.IsEmpty)) return _bus;
            if (_bus is not null) await _bus.DisposeAsync();
            (_bus, _busFor) = (null, queue);
            return _bus = await JobBus.StartAsync(
                queue, _config.Rabbitmq is { } address ? new Uri(address) : null, _config.Window, WorkAsync, _loggers,
                _patience, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Once for each configuration: files that were written since are not what this process works with.</summary>
    string Seen(OrchestratorConfig config)
    {
        if (_seen is not { } seen || !ReferenceEquals(seen.Config, config))
            _seen = seen = (config, ConfigFingerprint.Of(config, _files));
        return seen.Fingerprint;
    }

    /// <summary>A command of a run that has ended here, delivered late, is passed over: the next run plans its own.</summary>
    Task<bool> WorkAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(group.Job, out CancellationToken running)) return _worker.AnswerAsync(group, own: true, running);
        return _config.Rabbitmq is not null && Store.Jobs.Find(group.Job) is { State: JobState.InProgress }
            ? _worker.AnswerAsync(group, own: false, cancellationToken)
            : Task.FromResult(true);
    }

    static string Fingerprint(IReadOnlyList<JobItem> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (JobItem item in items) hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(item, JobJson.Stored.JobItem));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
