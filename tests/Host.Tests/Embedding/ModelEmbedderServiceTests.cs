using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Embedding;

/// <summary>The service whose questions a model embeds: it starts, routes, answers batches of one, and learns.</summary>
public sealed class ModelEmbedderServiceTests : IAsyncLifetime
{
    const string Question = "What is 34 + 71?";

    readonly TemporaryFolder _state = new();
    FakeService _service = null!;

    public async Task InitializeAsync() => _service = await StartAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _state.Dispose();
    }

    [Fact]
    public async Task Post_Questions_GoToWhoWasRightOnNearOnes()
    {
        Assert.Equal("sums", await PrimaryAsync(Question));
        Assert.Equal("places", await PrimaryAsync("What is the capital of Chad?"));
        using var answer = await _service.Http.ChatAsync("auto", Question);
        Assert.Equal("sums", answer.Headers.GetValues("x-orchestrator-expert").Single());
    }

    [Fact]
    public async Task PostFeedback_Verdicts_AreLearned()
    {
        var before = await PlanAsync(Question);
        for (var i = 0; i < 12; i++)
        {
            using var answer = await _service.Http.ChatAsync("auto", Question);
            var id = (await answer.ReadJsonAsync()).GetProperty("id").GetString();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feedback")
            {
                Content = ChatCalls.Json($$"""{"request_id": "{{id}}", "score": 0}"""),
            };
            request.Headers.Add("x-client", $"client {i}");
            using var reply = await _service.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        var after = await PlanAsync(Question);
        Assert.True(Score(after, "sums") < Score(before, "sums") - 0.1, $"{Score(before, "sums")} {Score(after, "sums")}");

        // What was learned is embedded anew by the next process, the profile is not.
        await _service.DisposeAsync();
        _service = await StartAsync();
        Assert.Equal(Score(after, "sums"), Score(await PlanAsync(Question), "sums"), 3);
    }

    [Fact]
    public async Task Start_Again_ReadsTheVectorsFromTheCache()
    {
        var file = Assert.Single(Directory.GetFiles(_state.File("cache"), "vectors-gguf-*.bin"));
        var written = File.GetLastWriteTimeUtc(file).AddDays(-1);
        File.SetLastWriteTimeUtc(file, written);

        await _service.DisposeAsync();
        _service = await StartAsync();

        Assert.Equal("sums", await PrimaryAsync(Question));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    async Task<string> PrimaryAsync(string question) => (await PlanAsync(question)).GetProperty("panel")[0].GetString()!;

    async Task<JsonElement> PlanAsync(string question) =>
        await (await _service.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body("auto", question)))).ReadJsonAsync();

    static double Score(JsonElement plan, string expert) => plan.GetProperty("ranked").EnumerateArray()
        .Single(ranked => ranked.GetProperty("expert").GetString() == expert).GetProperty("score").GetDouble();

    Task<FakeService> StartAsync() => FakeService.StartOnAsync(
        $$"""
        memory: { budget: 256MiB }
        router:
          outcomes: outcomes.jsonl
          embedder: { file: {{Path.Combine(Repository.Models, "generalist.gguf")}}, pooling: mean, context: 64 }
          embedder_cache: {{_state.File("cache")}}
        jobs: { folder: {{_state.Path}} }
        feedback: { client_header: x-client }
        policies:
          auto: { strategy: nearest }
        experts:
          - { id: sums, file: model.gguf }
          - { id: places, file: twin.gguf }
        """,
        new FakeModelLoader(), ("outcomes.jsonl", Outcomes()));

    static string Outcomes()
    {
        string[] places = ["Peru", "Finland", "Chile", "Norway", "Japan", "Kenya", "Spain", "Cuba", "Italy", "Egypt"];
        var lines = new StringBuilder("""{"version":1,"source":"made by hand","experts":["sums","places"]}""" + "\n");
        for (var i = 0; i < 40; i++)
        {
            var sum = i % 2 == 0;
            var question = sum ? $"What is {10 + i} + {11 + i * 7 % 80}?" : $"What is the capital of {places[i / 2 % 10]}{(i > 20 ? " today" : "")}?";
            lines.Append($$"""{"id":"{{i}}","question":"{{question}}","skills":["s"],"scores":[{{(sum ? 1 : 0)}},{{(sum ? 0 : 1)}}],"tokens":[1,1]}""").Append('\n');
        }

        return lines.ToString();
    }
}
