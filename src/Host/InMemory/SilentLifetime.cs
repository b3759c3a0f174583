namespace Orchestrator.Host.InMemory;

/// <summary>Handles no signals and writes nothing to the console: both belong to the program around.</summary>
sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
