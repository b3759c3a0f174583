using System.Net;
using System.Text.Json;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Api;

/// <summary>Experts say their own id.</summary>
public sealed class EvaluationsEndpointTests
{
    const string Hanging = """
        server:
          request_timeout: 1s
        memory:
          budget: 64MiB
        scheduler:
          queue_per_expert: 1
        experts:
          - id: held
            file: model.gguf
            max_sequences: 4
        """;

    [Fact]
    public async Task Post_LabelledQuestions_GradesEachInItsOrder()
    {
        await using var service = await FakeService.StartAsync();

        using var reply = await PostAsync(service, """
            {"model":"maths","questions":[
              {"question":"Who?","reference":"maths","grader":"exact"},
              {"id":"second","question":"Who?","reference":"words","grader":"exact","skills":["a"],"tags":{"b":1}},
              {"question":"Which?","reference":"A","grader":"choice","options":["Maths.","words"]},
              {"question":"Who?","reference":"^(a+)+$","grader":"regex"}]}
            """);

        reply.EnsureSuccessStatusCode();
        var json = await reply.ReadJsonAsync();
        Assert.Equal("evaluation", json.GetProperty("object").GetString());
        Assert.Equal(0.5, json.GetProperty("score").GetDouble());
        Assert.Equal((2, 4, 0), (json.GetProperty("right").GetInt32(), json.GetProperty("questions").GetInt32(), json.GetProperty("failed").GetInt32()));
        Assert.Equal(
            [
                """{"id":"1","answer":"maths","expert":"maths","score":1,"right":true}""",
                """{"id":"second","answer":"maths","expert":"maths","score":0,"right":false}""",
                """{"id":"3","answer":"maths","expert":"maths","score":1,"right":true}""",
                """{"id":"4","answer":"maths","expert":"maths","score":0,"right":false}""",
            ],
            json.GetProperty("results").EnumerateArray().Select(result => result.GetRawText()));
        Assert.Equal("""{"prompt_tokens":4,"completion_tokens":4,"total_tokens":8}""", json.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task Post_Questions_AreAskedWithoutChance()
    {
        List<GenerationRequest> asked = [];
        await using var service = await FakeService.StartAsync(new FakeModelLoader
        {
            Generation = (expert, request, closed, cancelled) =>
            {
                lock (asked) asked.Add(request);
                return FakeGenerations.SayId(expert, request, closed, cancelled);
            },
        });

        using var reply = await PostAsync(service, """{"model":"words","max_tokens":7,"questions":[{"question":"Who?","reference":"words"}]}""");

        reply.EnsureSuccessStatusCode();
        var request = Assert.Single(asked);
        Assert.Equal([new ChatTurn("user", "Who?")], request.Messages);
        Assert.Equal(7, request.MaxTokens);
        Assert.Equal(0, request.Sampling?.Temperature);
    }

    [Fact]
    public async Task Post_ExpertThatIsGone_IsAnErrorInEachResult()
    {
        await using var service = await FakeService.StartAsync();

        using var reply = await PostAsync(service, """{"model":"gone","questions":[{"question":"Who?","reference":"a"},{"question":"What?","reference":"b"}]}""");

        var json = await reply.ReadJsonAsync();
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal((0, 0, 2), (json.GetProperty("score").GetDouble(), json.GetProperty("right").GetInt32(), json.GetProperty("failed").GetInt32()));
        Assert.All(json.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Equal("expert_quarantined", result.GetProperty("error").GetProperty("code").GetString());
            Assert.False(result.TryGetProperty("right", out _));
        });
    }

    [Fact]
    public async Task Post_UnknownModel_Is404ForAll()
    {
        await using var service = await FakeService.StartAsync();

        using var reply = await PostAsync(service, """{"model":"nobody","questions":[{"question":"Who?","reference":"a"}]}""");

        Assert.Equal("model_not_found", (await reply.ReadErrorAsync(HttpStatusCode.NotFound)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_TimeOver_Is504AndFreesAllSequences()
    {
        await using var service = await FakeService.StartOnAsync(Hanging, new FakeModelLoader { Generation = FakeGenerations.Hang });

        using var reply = await PostAsync(service, Questions(12));

        Assert.Equal("timeout", (await reply.ReadErrorAsync(HttpStatusCode.GatewayTimeout)).GetProperty("code").GetString());
        await IdleAsync(service);
    }

    [Fact]
    public async Task Post_ClientGone_FreesAllSequences()
    {
        // More than an interactive queue takes: they are batch work, and sixteen of them at most are under way.
        var yaml = Hanging.Replace("1s", "1h", StringComparison.Ordinal);
        await using var service = await FakeService.StartOnAsync(yaml, new FakeModelLoader { Generation = FakeGenerations.Hang });
        using var gone = new CancellationTokenSource();
        var call = service.Http.PostAsync("/v1/evaluations", ChatCalls.Json(Questions(20)), gone.Token);
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0] is { ActiveRequests: 4, WaitingRequests: 12 });

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await IdleAsync(service);
    }

    static Task IdleAsync(FakeService service) =>
        TinyService.UntilAsync(() => service.Now.Pool.Snapshot()[0] is { ActiveRequests: 0, WaitingRequests: 0 });

    static string Questions(int count) => JsonSerializer.Serialize(new
    {
        model = "held",
        questions = Enumerable.Range(0, count).Select(at => new { question = $"Who is {at}?", reference = "a" }),
    });

    static Task<HttpResponseMessage> PostAsync(FakeService service, string body) => service.Http.PostAsync("/v1/evaluations", ChatCalls.Json(body));
}
