using Orchestrator.Host.Api;

namespace Orchestrator.Host.Tests.Api;

public sealed class RequestDeadlineTests
{
    [Fact]
    public void Token_ClientGone_IsCancelledButNotExpired()
    {
        using var client = new CancellationTokenSource();
        using var deadline = new RequestDeadline(TimeSpan.FromHours(1), TimeProvider.System, client.Token);

        client.Cancel();

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.Expired);
    }

    [Fact]
    public void Token_TimeOver_IsExpiredWithA504()
    {
        using var deadline = new RequestDeadline(TimeSpan.Zero, TimeProvider.System, CancellationToken.None);

        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.True(deadline.Expired);
        Assert.Equal(504, deadline.Error.Status);
    }
}
