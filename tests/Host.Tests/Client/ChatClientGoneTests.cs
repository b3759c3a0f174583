using Microsoft.Extensions.AI;
using Orchestrator.Client;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Client;

/// <summary>Callers who want no more of an answer that would go on for thousands of tokens.</summary>
public sealed class ChatClientGoneTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly ZooService _service;

    public ChatClientGoneTests()
    {
        TinyGguf.Saying("abcdef", ends: false, context: 8192).Save(_folder.Path, "endless.gguf");
        File.WriteAllText(_folder.File("orchestrator.yaml"), """
            engine:
              threads: 1
            experts:
              - id: endless
                file: endless.gguf
            """);
        _service = new ZooService(_folder.File("orchestrator.yaml"));
    }

    public Task InitializeAsync() => _service.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Stream_Cancelled_FreesTheSequence()
    {
        using var client = Client();
        using var patience = new CancellationTokenSource();
        await using var updates = client.GetStreamingResponseAsync("go", cancellationToken: patience.Token).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync() && await updates.MoveNextAsync());
        Assert.Equal(1, Active());

        await patience.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => { while (await updates.MoveNextAsync()) { } });
        Assert.Equal(patience.Token, cancelled.CancellationToken);
        await BecomesFreeAsync();
    }

    [Fact]
    public async Task Stream_LeftEarly_FreesTheSequence()
    {
        using var client = Client();

        await foreach (var update in client.GetStreamingResponseAsync("go"))
            if (update.Text.Length > 0) break;

        await BecomesFreeAsync();
    }

    [Fact]
    public async Task Answer_Cancelled_FreesTheSequence()
    {
        using var client = Client();
        using var patience = new CancellationTokenSource();
        var answering = client.GetResponseAsync("go", cancellationToken: patience.Token);
        await BecomesAsync(1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        await BecomesFreeAsync();
    }

    OrchestratorChatClient Client() => new(new OrchestratorClientOptions { Endpoint = _service.Address }, "endless");

    int Active() => _service.Service.Pool.Snapshot().Sum(expert => expert.ActiveRequests);

    Task BecomesFreeAsync() => BecomesAsync(0);

    async Task BecomesAsync(int active)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Active() != active) await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }
}
