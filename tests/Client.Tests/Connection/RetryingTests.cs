using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.AI;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Client.Tests.Connection;

public sealed class RetryingTests
{
    static readonly HttpRequestException Unreachable = new(HttpRequestError.ConnectionError, "Connection refused.");
    static readonly HttpRequestException Lost = new(HttpRequestError.ResponseEnded, "The response ended prematurely.");

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Chat_RefusedForNow_IsAskedOnceMore(HttpStatusCode status)
    {
        var service = Failing(1, () => FakeService.Reply("{}", status));
        using var client = service.Chat();

        Assert.Equal("42", (await client.GetResponseAsync("hi")).Text);
        Assert.Equal(2, service.Asked.Count);
        Assert.Equal(service.Asked[0], service.Asked[1]);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task Chat_RefusedForGood_IsNotAskedAgain(HttpStatusCode status)
    {
        var service = Failing(1, () => FakeService.Reply("{}", status));
        using var client = service.Chat();

        await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));
        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task Chat_StillFailing_IsGivenUpAfterOneRetry()
    {
        var service = Failing(9, () => throw Unreachable);
        using var client = service.Chat();

        var failure = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Equal(2, service.Asked.Count);
        Assert.Contains("There is no Orchestrator at http://host:8080/: Connection refused. Start it with 'orchestrator serve'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_ConnectionLostBeforeTheReply_IsAskedAgain()
    {
        var service = Failing(1, () => throw Lost);
        using var client = service.Chat();

        Assert.Equal("42", (await client.GetResponseAsync("hi")).Text);
    }

    [Fact]
    public async Task Chat_NoConnectionInTime_IsAskedOnceMoreAndUnreachable()
    {
        var service = Failing(9, () => throw new TaskCanceledException("late", new TimeoutException("No connection within the ConnectTimeout.")));
        using var http = service.Client();
        http.Timeout = Timeout.InfiniteTimeSpan;
        using var client = new OrchestratorChatClient(ClientCalls.Options, "auto", http);

        var failure = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Equal(2, service.Asked.Count);
        Assert.Contains("There is no Orchestrator at http://host:8080/: No connection within the ConnectTimeout.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_RefusedForNow_ClosesThatReply()
    {
        var refusal = new FakeEvents("Busy.");
        var service = Failing(1, () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StreamContent(refusal) });
        using var client = service.Chat();

        await client.GetResponseAsync("hi");

        Assert.True(refusal.Closed);
    }

    [Fact]
    public async Task Chat_NoRetries_IsAskedOnce()
    {
        var service = Failing(1, () => throw Lost);
        using var client = service.Chat(ClientCalls.Options with { Retries = 0 });

        var failure = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Contains("broke before the reply to /v1/chat/completions", failure.Message, StringComparison.Ordinal);
        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task Stream_BrokenAfterItBegan_IsNotAskedAgain()
    {
        var service = new FakeService((_, _) => new FakeEvents(": waiting\n\n") { Failure = Lost }.Reply());
        using var client = service.Chat();

        Assert.IsType<OrchestratorException>((await client.ReadAsync()).Failure);
        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task Create_ThatMayHaveBeenDone_IsNotAskedAgain()
    {
        var lost = Failing(1, () => throw Lost);
        var gateway = Failing(1, () => FakeService.Reply("{}", HttpStatusCode.BadGateway));

        foreach (var service in (FakeService[])[lost, gateway])
        {
            using var collections = new OrchestratorCollections(ClientCalls.Options, service.Client());
            await Assert.ThrowsAsync<OrchestratorException>(() => collections.CreateAsync("stock"));
            Assert.Single(service.Asked);
        }
    }

    [Fact]
    public async Task Create_ThatCannotHaveBeenDone_IsAskedAgain()
    {
        const string Made = """{"name":"stock"}""";
        var unreachable = Failing(1, () => throw Unreachable, Made);
        var busy = Failing(1, () => FakeService.Reply("{}", HttpStatusCode.ServiceUnavailable), Made);

        foreach (var service in (FakeService[])[unreachable, busy])
        {
            using var collections = new OrchestratorCollections(ClientCalls.Options, service.Client());
            await collections.CreateAsync("stock");
            Assert.Equal(2, service.Asked.Count);
        }
    }

    [Fact]
    public async Task Chat_RetryAfter_IsWaitedFor()
    {
        var time = new ManualTime();
        var service = Failing(1, () => Busy(TimeSpan.FromSeconds(7)));
        using var client = service.Chat(ClientCalls.Options with { Time = time, Timeout = Timeout.InfiniteTimeSpan });

        var answering = client.GetResponseAsync("hi");
        await time.NextTimerAsync();
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(service.Asked);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("42", (await answering).Text);
    }

    [Fact]
    public async Task Chat_RetryAfterTooLong_IsToldAtOnce()
    {
        var service = Failing(1, () => Busy(TimeSpan.FromSeconds(11)));
        using var client = service.Chat();

        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Equal((503, TimeSpan.FromSeconds(11)), (refused.Status, refused.RetryAfter));
        Assert.Single(service.Asked);
    }

    static HttpResponseMessage Busy(TimeSpan wait)
    {
        var reply = FakeService.Reply("""{"error":{"message":"Busy.","code":"unavailable"}}""", HttpStatusCode.ServiceUnavailable);
        reply.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
        return reply;
    }

    static FakeService Failing(int times, Func<HttpResponseMessage> fail, string reply = ClientCalls.Answer)
    {
        var left = times;
        return new FakeService((_, _) => left-- > 0 ? fail() : FakeService.Reply(reply));
    }
}
