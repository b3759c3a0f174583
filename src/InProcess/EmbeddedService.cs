using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Client;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.InMemory;

namespace Orchestrator.InProcess;

/// <summary>The service in this process: started once, by whoever needs it first, and gone with the container.</summary>
/// <param name="config">Path of its configuration.</param>
/// <param name="loggers">Of the program around; null where it has none, and then nothing is logged.</param>
/// <param name="services">Adds to or replaces what the service is made of.</param>
sealed class EmbeddedService(string config, ILoggerFactory? loggers, Action<IServiceCollection>? services = null) : IAsyncDisposable, IDisposable
{
    /// <summary>The word that a client has too when it was closed.</summary>
    const string Stopped = "disposed";

    readonly Lock _turn = new();
    readonly CancellationTokenSource _stopping = new();
    readonly ILoggerFactory _loggers = loggers is null ? NullLoggerFactory.Instance : new QuietLoggers(loggers);
    Task<HttpMessageInvoker>? _starting;
    Task? _ending;
    WebApplication? _application;

    /// <summary>Starts it unless that was done; returns at once. Calls are told of a failure, and the log.</summary>
    public void Begin() => _ = BeginAsync();

    /// <exception cref="OrchestratorException">It could not start, or has been stopped.</exception>
    public Task<HttpMessageInvoker> StartedAsync(CancellationToken cancellationToken) => BeginAsync().WaitAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        lock (_turn) return new ValueTask(_ending ??= Task.Run(EndAsync));
    }

    /// <summary>Waits on another thread, so that no context can hold it up.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    Task<HttpMessageInvoker> BeginAsync()
    {
        lock (_turn)
        {
            if (_ending is not null)
                return Task.FromException<HttpMessageInvoker>(new OrchestratorException(
                    "Orchestrator has been stopped with the program's host or container: make no calls after that.", code: Stopped));
            if (_starting is not null) return _starting;
            // What runs from now on belongs to nobody's request.
            using var nobody = ExecutionContext.SuppressFlow();
            _starting = Task.Run(StartAsync);
            // Perhaps nobody ever calls: then nobody else would look at it.
            _ = _starting.ContinueWith(
                static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return _starting;
        }
    }

    async Task<HttpMessageInvoker> StartAsync()
    {
        try
        {
            _application = WebHost.Build(ConfigReader.Read(config), urls: null, logging: _ => { }, Register);
            var starter = _application.Services.GetRequiredService<ServiceStarter>();
            await _application.StartAsync(_stopping.Token);
            await starter.ExecuteTask!.WaitAsync(_stopping.Token);
            // A start that was stopped ends without a failure.
            _stopping.Token.ThrowIfCancellationRequested();
            if (starter.Failure is { } failure) throw failure;
            return new HttpMessageInvoker(new InMemoryHandler(_application.Services.GetRequiredService<Entrance>()));
        }
        catch (Exception failure)
        {
            await StopAsync();
            var told = StartFailure.Of(failure, config, _stopping.IsCancellationRequested);
            if (!_stopping.IsCancellationRequested) Log.StartFailed(_loggers.CreateLogger<EmbeddedService>(), told.Message);
            throw told;
        }
    }

    void Register(IServiceCollection own)
    {
        own.AddSingleton(_loggers);
        services?.Invoke(own);
    }

    async Task EndAsync()
    {
        await _stopping.CancelAsync();
        if (_starting is { } starting)
        {
            await starting.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (starting.IsCompletedSuccessfully) starting.Result.Dispose();
        }

        await StopAsync();
        _stopping.Dispose();
    }

    async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _application, null) is not { } application) return;
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
