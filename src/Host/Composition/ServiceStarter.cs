using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Embedding;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Host.Composition;

/// <summary>Starts what serves while Kestrel already listens, so that <c>/health</c> and <c>/ready</c> answer from the first moment.</summary>
sealed class ServiceStarter(
    ServiceBuilder builder, ServiceState state, OrchestratorConfig config, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<ServiceStarter> logger) : BackgroundService
{
    LlamaRuntime? _runtime;
    QuestionSpaces? _spaces;
    ExpertPool? _pool;

    /// <summary>Why start-up failed, which the process tells by its exit code; null while it has not.</summary>
    public Exception? Failure { get; private set; }

    public bool Failed => Failure is not null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var began = time.GetTimestamp();
            _runtime = await Task.Run(builder.StartRuntime, stoppingToken);
            _spaces = builder.CreateSpaces(_runtime);
            var learned = await Task.Run(() => builder.LoadLearnedAsync(_spaces, stoppingToken), stoppingToken);
            _pool = await builder.StartPoolAsync(_runtime, _spaces, stoppingToken);
            await state.SetAsync(builder.Assemble(_pool, learned), stoppingToken);
            Log.Ready(logger, _pool.Snapshot().Count, config.Path, time.GetElapsedTime(began).TotalSeconds);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped while starting: nothing to report.
        }
        catch (Exception failure)
        {
            Failure = failure;
            Log.StartFailed(logger, failure.Message);
            lifetime.StopApplication();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_pool is not null) await _pool.DisposeAsync();
        if (_spaces is not null) await _spaces.DisposeAsync();
        _runtime?.Dispose();
    }
}
