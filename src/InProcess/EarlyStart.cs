using Microsoft.Extensions.Hosting;

namespace Orchestrator.InProcess;

/// <summary>
/// Begins the start with the program's host, and does not hold it up: calls wait, and they tell what went wrong. Ends the service
/// when all others of the host have stopped: until then they may ask it.
/// </summary>
sealed class EarlyStart(EmbeddedService service) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        service.Begin();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => service.DisposeAsync().AsTask().WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
