using Microsoft.AspNetCore.Http;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Api;
using Orchestrator.Host.OpenAi;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Host.Tests.Api;

public sealed class RequestDeadlinesTests
{
    readonly ManualTime _time = new();
    readonly RequestDeadlines _deadlines;

    public RequestDeadlinesTests() => _deadlines = new(new ServerConfig { RequestTimeout = TimeSpan.FromMinutes(2) }, _time);

    [Fact]
    public async Task RunAsync_DoneInTime_GivesWhatTheWorkGives()
    {
        Assert.Equal("done", await _deadlines.RunAsync(new DefaultHttpContext(), _ => Task.FromResult("done")));
    }

    [Fact]
    public async Task RunAsync_TimeOver_Is504()
    {
        Task running = _deadlines.RunAsync(new DefaultHttpContext(), HangAsync);
        _time.Advance(TimeSpan.FromMinutes(2));

        var refused = await Assert.ThrowsAsync<ApiException>(() => running);

        Assert.Equal((504, "timeout"), (refused.Error.Status, refused.Error.Code));
        Assert.Contains("00:02:00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ClientGone_IsCancelled()
    {
        using var client = new CancellationTokenSource();
        Task running = _deadlines.RunAsync(new DefaultHttpContext { RequestAborted = client.Token }, HangAsync);
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    static Task HangAsync(RequestDeadline deadline) => Task.Delay(Timeout.InfiniteTimeSpan, deadline.Token);
}
