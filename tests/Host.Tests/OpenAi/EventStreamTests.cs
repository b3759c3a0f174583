using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Host.OpenAi;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Host.Tests.OpenAi;

public sealed class EventStreamTests
{
    readonly ManualTime _time = new();
    readonly Lifetime _lifetime = new();
    readonly ClientBody _body = new();
    readonly EventStream _events;

    public EventStreamTests()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        context.Response.Body = _body;
        _events = new EventStream(context.Response, _time);
    }

    [Fact]
    public async Task Send_ClientReads_WritesTheEvents()
    {
        _body.Taken.SetResult();

        await _events.CommentAsync("wait", CancellationToken.None);
        await _events.SendAsync("{}"u8.ToArray(), CancellationToken.None);
        await _events.EndAsync(CancellationToken.None);

        Assert.Equal(": wait\n\ndata: {}\n\ndata: [DONE]\n\n", Encoding.UTF8.GetString(_body.ToArray()));
        Assert.False(_lifetime.Aborted);
    }

    [Fact]
    public async Task Send_ClientPauses_GoesOnWhenItReadsAgain()
    {
        var sending = _events.SendAsync("{}"u8.ToArray(), CancellationToken.None);
        await _time.NextTimerAsync();
        _time.Advance(EventStream.Patience - TimeSpan.FromTicks(1));
        Assert.False(sending.IsCompleted);

        _body.Taken.SetResult();

        await sending;
        Assert.False(_lifetime.Aborted);
    }

    [Fact]
    public async Task Send_ClientTakesNothing_CutsItOff()
    {
        var sending = _events.SendAsync("{}"u8.ToArray(), CancellationToken.None);
        await _time.NextTimerAsync();
        _time.Advance(EventStream.Patience);

        await Assert.ThrowsAsync<TimeoutException>(() => sending);
        Assert.True(_lifetime.Aborted);
    }

    [Fact]
    public async Task Send_Cancelled_EndsAsCancelledAndNotAsTimeout()
    {
        using var leaving = new CancellationTokenSource();
        var sending = _events.SendAsync("{}"u8.ToArray(), leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.False(_lifetime.Aborted);
    }

    /// <summary>A connection whose buffers are full until the client takes something.</summary>
    sealed class ClientBody : MemoryStream
    {
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task FlushAsync(CancellationToken cancellationToken) => Taken.Task.WaitAsync(cancellationToken);
    }

    sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool Aborted { get; private set; }

        public void Abort() => Aborted = true;
    }
}
