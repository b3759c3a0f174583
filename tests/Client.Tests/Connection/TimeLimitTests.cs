using Microsoft.Extensions.AI;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Client.Tests.Connection;

public sealed class TimeLimitTests
{
    readonly ManualTime _time = new();

    OrchestratorClientOptions Options => ClientCalls.Options with { Time = _time, Timeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Chat_NoReply_EndsAfterTheTimeout()
    {
        using var client = new OrchestratorChatClient(Options, "auto", new HttpClient(new Silence()));

        var answering = client.GetResponseAsync("hi");
        await _time.NextTimerAsync();
        _time.Advance(TimeSpan.FromMinutes(1));

        var late = await Assert.ThrowsAsync<OrchestratorException>(() => answering);
        Assert.Contains("did not reply to /v1/chat/completions within 00:01:00", late.Message, StringComparison.Ordinal);
        Assert.Equal("timeout", late.Code);
    }

    [Fact]
    public async Task Chat_NoFirstByte_IsNotAskedAgain()
    {
        var silence = new Silence();
        using var client = new OrchestratorChatClient(Options with { FirstByteTimeout = TimeSpan.FromSeconds(5) }, "auto", new HttpClient(silence));

        var answering = client.GetResponseAsync("hi");
        await _time.NextTimerAsync();
        await _time.NextTimerAsync();
        _time.Advance(TimeSpan.FromSeconds(5));

        var late = await Assert.ThrowsAsync<OrchestratorException>(() => answering);
        Assert.Contains("did not begin its reply to /v1/chat/completions within 00:00:05", late.Message, StringComparison.Ordinal);
        Assert.Equal(1, silence.Asked);
    }

    [Fact]
    public async Task Stream_ThatNeverEnds_EndsAfterTheTimeout()
    {
        var events = new FakeEvents(FakeEvents.Text("4")) { Hangs = true };
        using var client = new FakeService((_, _) => events.Reply()).Chat(Options);

        var reading = client.ReadAsync();
        await _time.NextTimerAsync();
        _time.Advance(TimeSpan.FromMinutes(1));

        var late = Assert.IsType<OrchestratorException>((await reading).Failure);
        Assert.True(late.Emitted);
        Assert.Contains("did not end its reply to /v1/chat/completions within 00:01:00", late.Message, StringComparison.Ordinal);
        Assert.True(events.Closed);
    }

    [Fact]
    public async Task Chat_Cancelled_ThrowsForThatToken()
    {
        using var client = new OrchestratorChatClient(Options, "auto", new HttpClient(new Silence()));
        using var patience = new CancellationTokenSource();

        var answering = client.GetResponseAsync("hi", cancellationToken: patience.Token);
        await patience.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Assert.Equal(patience.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task Chat_LimitOfTheClientThatWasHandedIn_IsNamed()
    {
        var inner = new TimeoutException("The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.");
        using var client = new FakeService((_, _) => throw new TaskCanceledException("late", inner)).Chat();

        var late = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Contains("Set HttpClient.Timeout of the client that was handed in", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_ClientDisposedMeanwhile_IsNoTimeout()
    {
        var http = new HttpClient(new Silence());
        using var client = new OrchestratorChatClient(Options, "auto", http);

        var answering = client.GetResponseAsync("hi");
        http.Dispose();

        var closed = await Assert.ThrowsAsync<OrchestratorException>(() => answering);
        Assert.Equal("disposed", closed.Code);
        Assert.Contains("was disposed, or its service stopped", closed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask for less", closed.Message, StringComparison.Ordinal);
        Assert.Equal("disposed", (await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"))).Code);
    }

    [Fact]
    public async Task Stream_BodyCancelledByItsOwner_IsNoTimeout()
    {
        var events = new FakeEvents(FakeEvents.Text("4")) { Failure = new OperationCanceledException() };
        using var client = new FakeService((_, _) => events.Reply()).Chat(Options);

        var closed = Assert.IsType<OrchestratorException>((await client.ReadAsync()).Failure);

        Assert.Equal(("disposed", true), (closed.Code, closed.Emitted));
        Assert.EndsWith("had come to its end.", closed.Message, StringComparison.Ordinal);
    }

    sealed class Silence : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
