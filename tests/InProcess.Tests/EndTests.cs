using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Client;

namespace Orchestrator.InProcess.Tests;

public sealed class EndTests : IDisposable
{
    readonly TinyPool _pool = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_OfTheContainer_EndsTheEngines(bool asynchronous)
    {
        var services = _pool.Services();
        await services.GetRequiredService<IChatClient>().GetResponseAsync("go");
        Assert.NotEqual(0, Looking.EngineThreads());

        if (asynchronous) await services.DisposeAsync();
        else services.Dispose();

        Assert.Equal(0, Looking.EngineThreads());
    }

    [Fact]
    public async Task Dispose_NeverUsed_StartsNothing()
    {
        var log = new ListLoggers();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddOrchestrator(Path.Combine(_pool.Config, "there", "is", "none.yaml"))
            .BuildServiceProvider();
        services.GetRequiredService<IChatClient>();

        await services.DisposeAsync();

        // A start would have failed, and said so.
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Call_AfterTheHostHasStopped_IsOfADisposedClient()
    {
        await using var services = _pool.Services();
        await services.GetRequiredService<EmbeddedService>().DisposeAsync();

        var late = await Assert.ThrowsAsync<OrchestratorException>(() => services.GetRequiredService<IChatClient>().GetResponseAsync("go"));

        Assert.Equal("disposed", late.Code);
        Assert.Contains("has been stopped", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_InTheMiddleOfAnAnswer_EndsIt()
    {
        var services = _pool.Services();
        await using var updates = services.GetRequiredService<IChatClient>()
            .GetStreamingResponseAsync("go", new ChatOptions { ModelId = "endless" }).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());

        await services.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await updates.MoveNextAsync())
            {
            }
        });
        Assert.Equal(0, Looking.EngineThreads());
    }

    [Fact]
    public async Task TwoContainers_AtOnce_BothAnswer()
    {
        using var other = new TinyPool();
        await using var first = _pool.Services();
        await using var second = other.Services();

        var answers = await Task.WhenAll(
            first.GetRequiredService<IChatClient>().GetResponseAsync("go"), second.GetRequiredService<IChatClient>().GetResponseAsync("go"));

        Assert.All(answers, answer => Assert.Equal("fine", answer.Text));
    }

    public void Dispose() => _pool.Dispose();
}
