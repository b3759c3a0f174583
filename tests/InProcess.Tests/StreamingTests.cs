using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.InProcess.Tests;

/// <summary>Answers that would go on for thousands of tokens.</summary>
public sealed class StreamingTests : IAsyncLifetime
{
    static readonly ChatOptions Endless = new() { ModelId = "endless" };

    readonly TinyPool _pool = new();
    readonly ServiceProvider _services;

    public StreamingTests() => _services = _pool.Services();

    IChatClient Chat => _services.GetRequiredService<IChatClient>();

    [Fact]
    public async Task Stream_WhileTheExpertWrites_ArrivesPieceByPiece()
    {
        await using var updates = Chat.GetStreamingResponseAsync("go", Endless).GetAsyncEnumerator();
        var text = "";
        while (text.Length < 12 && await updates.MoveNextAsync()) text += updates.Current.Text;

        Assert.StartsWith("abcdefabcdef", text, StringComparison.Ordinal);
        Assert.Equal(1, await _services.ActiveAsync());
    }

    [Fact]
    public async Task Stream_NotReadToItsEnd_FreesTheSequence()
    {
        await foreach (var _ in Chat.GetStreamingResponseAsync("go", Endless)) break;

        await _services.BecomesActiveAsync(0);
    }

    [Fact]
    public async Task Stream_Cancelled_FreesTheSequence()
    {
        using var leaving = new CancellationTokenSource();
        var reading = Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Chat.GetStreamingResponseAsync("go", Endless, leaving.Token))
            {
            }
        });
        await _services.BecomesActiveAsync(1);

        await leaving.CancelAsync();

        await reading;
        await _services.BecomesActiveAsync(0);
    }

    [Fact]
    public async Task Response_CancelledBeforeItsFirstByte_FreesTheSequence()
    {
        using var leaving = new CancellationTokenSource();
        var call = Chat.GetResponseAsync("go", Endless, leaving.Token);
        await _services.BecomesActiveAsync(1);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _services.BecomesActiveAsync(0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _pool.Dispose();
    }
}
