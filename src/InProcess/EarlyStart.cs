using Microsoft.Extensions.Hosting;

namespace Orchestrator.InProcess;

/// <summary>Begins the start with the program's host, and does not hold it up: calls wait, and they tell what went wrong.</summary>
sealed class EarlyStart(EmbeddedService service) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        service.Begin();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => service.DisposeAsync().AsTask();
}
