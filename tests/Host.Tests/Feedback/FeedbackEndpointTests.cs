using System.Net;

namespace Orchestrator.Host.Tests.Feedback;

public sealed class FeedbackEndpointTests
{
    [Fact]
    public async Task Post_Score_IsKeptForWhoAnsweredAndTellsWhichPoliciesLearn()
    {
        await using var service = await FeedbackService.StartAsync();
        var id = await service.AskAsync();

        var reply = await service.AcceptedAsync($$"""{"request_id":"{{id}}","score":0.25}""");

        Assert.Equal("feedback", reply.GetProperty("object").GetString());
        Assert.Equal(id, reply.GetProperty("request_id").GetString());
        Assert.Equal(0.25, reply.GetProperty("experts").GetProperty("a").GetDouble());
        Assert.False(reply.GetProperty("replaced").GetBoolean());
        Assert.Equal(["auto", "trio", "vote", "write"], reply.GetProperty("policies").EnumerateArray().Select(p => p.GetString()));
        Assert.Contains(FeedbackService.Question, await service.KeptAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ByTheRequestIdHeader_MeansTheSameRequest()
    {
        await using var service = await FeedbackService.StartAsync();
        using var response = await service.Http.ChatAsync("auto", FeedbackService.Question);
        var id = (await response.ReadJsonAsync()).GetProperty("id").GetString();
        var header = Assert.Single(response.Headers.GetValues("x-request-id"));
        await service.AcceptedAsync($$"""{"request_id":"{{id}}","score":1}""");

        var again = await service.AcceptedAsync($$"""{"request_id":"{{header}}","score":0}""");

        Assert.True(again.GetProperty("replaced").GetBoolean());
        Assert.Equal(id, again.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task Post_OfAStream_IsKnownOnceItIsRead()
    {
        await using var service = await FeedbackService.StartAsync();
        using var response = await service.Http.ChatAsync("auto", FeedbackService.Question, "\"stream\":true");
        await response.ReadEventsAsync();

        var reply = await service.AcceptedAsync(
            $$"""{"request_id":"{{Assert.Single(response.Headers.GetValues("x-request-id"))}}","score":1}""");

        Assert.Equal(1, reply.GetProperty("experts").GetProperty("a").GetDouble());
    }

    [Theory]
    [InlineData("trio")]
    [InlineData("vote")]
    [InlineData("write")]
    public async Task Post_ExpertsOfAPanel_AreAllTaken(string policy)
    {
        await using var service = await FeedbackService.StartAsync();
        var id = await service.AskAsync(policy);

        var reply = await service.AcceptedAsync($$$"""{"request_id":"{{{id}}}","experts":{"a":0,"b":1,"c":0.5}}""");

        Assert.Equal(3, reply.GetProperty("experts").EnumerateObject().Count());
    }

    [Fact]
    public async Task Post_ScoreOfASynthesis_IsRefusedAndNamesTheMembers()
    {
        await using var service = await FeedbackService.StartAsync();
        var id = await service.AskAsync("write");

        var error = await (await service.SayAsync($$"""{"request_id":"{{id}}","score":1}""")).ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.EndsWith("of a, b, c.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnknownRequest_Is404()
    {
        await using var service = await FeedbackService.StartAsync();

        var error = await (await service.SayAsync("""{"request_id":"chatcmpl-no","score":1}""")).ReadErrorAsync(HttpStatusCode.NotFound);

        Assert.Equal("request_not_found", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_ForgottenRequest_Is404()
    {
        await using var service = await FeedbackService.StartAsync("client_header: x-client, remember: 1");
        var first = await service.AskAsync();
        var second = await service.AskAsync();

        await (await service.SayAsync($$"""{"request_id":"{{first}}","score":1}""")).ReadErrorAsync(HttpStatusCode.NotFound);

        await service.AcceptedAsync($$"""{"request_id":"{{second}}","score":1}""");
    }

    [Fact]
    public async Task Post_RememberNothing_SaysThatNoFeedbackIsTaken()
    {
        await using var service = await FeedbackService.StartAsync("client_header: x-client, remember: 0");
        var id = await service.AskAsync();

        var error = await (await service.SayAsync($$"""{"request_id":"{{id}}","score":1}""")).ReadErrorAsync(HttpStatusCode.NotFound);

        Assert.Contains("takes no feedback", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"request_id":"ID","score":1.01}""", "a number from 0 to 1")]
    [InlineData("""{"request_id":"ID","score":-1}""", "a number from 0 to 1")]
    [InlineData("""{"request_id":"ID","score":true}""", "expected a number")]
    [InlineData("""{"request_id":"ID"}""", "Give either")]
    [InlineData("""{"request_id":"ID","score":1,"experts":{"a":1}}""", "Give either")]
    [InlineData("""{"request_id":"ID","experts":{}}""", "at least one")]
    [InlineData("""{"request_id":"ID","experts":{"a":2}}""", "'experts.a'")]
    [InlineData("""{"request_id":"ID","experts":{"a":null}}""", "expected a number")]
    [InlineData("""{"request_id":"ID","experts":{"b":1}}""", "'b' did not answer this request; these did: a")]
    [InlineData("""{"request_id":"ID","scores":1}""", "scores")]
    [InlineData("""{"score":1}""", "'request_id'")]
    [InlineData("""[1]""", "The body must be")]
    [InlineData("""{""", "could not parse")]
    public async Task Post_BadBody_Is400AndSaysWhatIsAllowed(string body, string told)
    {
        await using var service = await FeedbackService.StartAsync();
        var id = await service.AskAsync();

        var error = await (await service.SayAsync(body.Replace("ID", id, StringComparison.Ordinal))).ReadErrorAsync(HttpStatusCode.BadRequest);

        Assert.Contains(told, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(service.File));
    }

    [Fact]
    public async Task Post_WithoutTheProxysHeader_Is401()
    {
        await using var service = await FeedbackService.StartAsync();
        var id = await service.AskAsync();

        var error = await (await service.SayAsync($$"""{"request_id":"{{id}}","score":1}""", client: null))
            .ReadErrorAsync(HttpStatusCode.Unauthorized);

        Assert.Contains("x-client", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoHeaderConfigured_GoesByTheAddress()
    {
        await using var service = await FeedbackService.StartAsync("per_client: 1");
        var id = await service.AskAsync();
        await service.AcceptedAsync($$"""{"request_id":"{{id}}","score":1}""", "one");

        using var other = await service.SayAsync($$"""{"request_id":"{{id}}","score":1}""", "another");

        Assert.Equal(HttpStatusCode.TooManyRequests, other.StatusCode);
        Assert.Contains("\"127.0.0.1\"", await service.KeptAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AboveTheLimit_Is429ForThatClientAlone()
    {
        await using var service = await FeedbackService.StartAsync("client_header: x-client, per_client: 2");
        var id = await service.AskAsync();
        var body = $$"""{"request_id":"{{id}}","score":1}""";
        await service.AcceptedAsync(body);
        await service.AcceptedAsync(body);

        using var refused = await service.SayAsync(body);

        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        var error = await refused.ReadErrorAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal("feedback_limit", error.GetProperty("code").GetString());
        await service.AcceptedAsync(body, "another");
    }

    [Fact]
    public async Task Post_FileCannotBeWritten_Is503AndChatGoesOn()
    {
        await using var service = await FeedbackService.StartAsync();
        Directory.CreateDirectory(service.File);
        var id = await service.AskAsync();

        using var refused = await service.SayAsync($$"""{"request_id":"{{id}}","score":1}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await service.AskAsync();
    }
}
