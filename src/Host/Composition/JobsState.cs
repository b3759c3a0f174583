using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Host.Composition;

/// <summary>
/// Batches beside online requests. Unfinished ones go on once the experts are there; a folder that nobody used yet is made by
/// the first that needs it. Where it cannot be used, everything else serves all the same.
/// </summary>
sealed class JobsState(
    ServiceState state, OpenedCollections collections, OrchestratorConfig config, TimeProvider time, ILoggerFactory loggers, ILogger<JobsState> logger) : BackgroundService
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    readonly Lock _opening = new();
    JobService? _jobs;
    volatile BatchService? _batches;

    /// <summary>Null while nothing used it.</summary>
    public BatchService? Current => _batches;

    /// <exception cref="ApiException">503 while the service starts, or when the folder of jobs cannot be used.</exception>
    public BatchService Ready()
    {
        state.Ready();
        if (_batches is { } open) return open;
        try
        {
            lock (_opening) return _batches ??= Open();
        }
        catch (Exception failure) when (failure is not ApiException)
        {
            // Whatever is wrong with a folder that anybody may write to, everything else serves.
            Log.NoJobs(logger, failure.Message);
            throw new ApiException(ApiError.Unavailable("Files and batches cannot be stored now; the service's log says why.", Retry));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await state.Started.WaitAsync(stoppingToken);
            if (File.Exists(Path.Combine(JobFolder.Of(config.Jobs), JobFolder.Database))) Ready();
        }
        catch (Exception known) when (known is OperationCanceledException or ApiException)
        {
            // Stopped while starting, or told already; the first request to batches tries again.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_batches is not null) await _batches.DisposeAsync();
        if (_jobs is not null) await _jobs.DisposeAsync();
    }

    BatchService Open()
    {
        JobWorkplace Place() => JobPlaces.Of(state.Ready(), collections);
        _jobs ??= JobService.Open(config.Jobs, Place, time, loggers);
        return new BatchService(
            _jobs, BatchLines.Format(Place), config.Jobs, (int)Math.Min(int.MaxValue / 2, config.Server.MaxBodyBytes),
            time, loggers.CreateLogger<BatchService>());
    }
}
