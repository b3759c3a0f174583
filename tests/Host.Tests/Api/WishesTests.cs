using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Api;

/// <summary>What requests want less of, from the header to the plan.</summary>
public sealed class WishesTests : IAsyncLifetime
{
    FakeService _service = null!;

    public async Task InitializeAsync() => _service = await FakeService.StartOnAsync(
        """
        memory: { budget: 64MiB }
        router: { outcomes: outcomes.jsonl }
        policies:
          any: { strategy: tryage }
        experts:
          - { id: best, file: model.gguf, released: 2020-01-01, licence: own }
          - { id: free, file: twin.gguf, released: 2026-01-01, licence: Apache-2.0 }
        """,
        new FakeModelLoader(), ("outcomes.jsonl", Outcomes()));

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("", "", "best")]
    [InlineData("recency=1", "", "free")]
    [InlineData("recency=0.05", "", "best")]
    [InlineData("", "mit, apache-2.0", "free")]
    [InlineData("", "own", "best")]
    public async Task Post_Wishes_ChangeWhoAnswers(string prefer, string licence, string expert)
    {
        using var reply = await SendAsync("/v1/chat/completions", prefer, licence);

        Assert.Equal(expert, reply.Headers.GetValues("x-orchestrator-expert").Single());
    }

    [Fact]
    public async Task PostRoute_Wish_IsAmongTheReasons()
    {
        using var reply = await SendAsync("/v1/route", "recency=1", "");

        var plan = await reply.ReadJsonAsync();
        Assert.Contains("recency at 1", plan.GetProperty("reasons")[0].GetString());
    }

    [Fact]
    public async Task Post_BadWish_Is400()
    {
        using var reply = await SendAsync("/v1/chat/completions", "age=1", "");

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("x-orchestrator-prefer", (await reply.ReadJsonAsync()).GetProperty("error").GetProperty("param").GetString());
    }

    async Task<HttpResponseMessage> SendAsync(string path, string prefer, string licence)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ChatCalls.Json(ChatCalls.Body("any", "What is 12 + 13?")) };
        if (prefer.Length > 0) request.Headers.Add("x-orchestrator-prefer", prefer);
        if (licence.Length > 0) request.Headers.Add("x-orchestrator-licence", licence);
        return await _service.Http.SendAsync(request);
    }

    /// <summary>One is right four times of five, the other three times.</summary>
    static string Outcomes()
    {
        var lines = new StringBuilder("""{"version":1,"source":"made by hand","experts":["best","free"]}""" + "\n");
        for (var i = 0; i < 50; i++)
            lines.Append($$"""{"id":"{{i}}","question":"What is {{10 + i}} + {{11 + i * 7 % 80}}?","skills":["sums"],"scores":[{{(i % 5 == 0 ? 0 : 1)}},{{(i % 5 < 2 ? 0 : 1)}}],"tokens":[1,1]}""").Append('\n');
        return lines.ToString();
    }
}
