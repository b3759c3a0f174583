using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orchestrator.InProcess.Tests;

public sealed class LoggingTests : IDisposable
{
    readonly TinyPool _pool = new();
    readonly ListLoggers _log = new();

    [Fact]
    public async Task Log_ProgramHasAFactory_GoesThereWithoutALineForEveryCall()
    {
        await using var services = Services(_pool.Config);

        await services.GetRequiredService<IChatClient>().GetResponseAsync("go");

        Assert.Contains(_log.Lines, line => line.StartsWith("Information: Ready: 2 experts", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("Executing endpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_StartFailsWithoutACall_SaysWhy()
    {
        await using var services = Services("none.yaml");

        foreach (var hosted in services.GetServices<IHostedService>()) await hosted.StartAsync(CancellationToken.None);
        await Assert.ThrowsAsync<Client.OrchestratorException>(
            () => services.GetRequiredService<EmbeddedService>().StartedAsync(CancellationToken.None));

        Assert.Contains(
            _log.Lines, line => line.StartsWith("Critical: Orchestrator cannot start", StringComparison.Ordinal) && line.Contains("none.yaml", StringComparison.Ordinal));
    }

    public void Dispose() => _pool.Dispose();

    ServiceProvider Services(string config) => new ServiceCollection()
        .AddLogging(logging => logging.AddProvider(_log))
        .AddOrchestrator(config, "fine")
        .BuildServiceProvider();
}
