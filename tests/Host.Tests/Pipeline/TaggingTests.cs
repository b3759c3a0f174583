using System.Text.Json;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Pipeline;

/// <summary>A policy that asks a tagger before it recruits.</summary>
public sealed class TaggingTests
{
    const string Yaml = """
        memory: { budget: 64MiB }
        server: { keep_alive: 100ms }
        router: { outcomes: outcomes.jsonl, tagger: { expert: namer, samples: 2 } }
        policies:
          skilled: { strategy: symbolic-moe }
        experts:
          - { id: a, file: model.gguf }
          - { id: b, file: twin.gguf }
          - { id: namer, file: model.gguf, purpose: tag }
        """;

    const string Outcomes = """
        {"version":1,"source":"test","experts":["a","b"]}
        {"id":"1","question":"go left","skills":["going"],"scores":[1,0],"tokens":[1,1]}
        {"id":"2","question":"sing a song","skills":["singing"],"scores":[0,1],"tokens":[1,1]}
        """;

    static readonly Dictionary<string, string> Words = new() { ["a"] = "a", ["b"] = "b", ["namer"] = "singing, songs" };

    [Fact]
    public async Task Post_TaggedQuestion_GoesToWhoIsGoodAtItAndCountsTheTagger()
    {
        await using var service = await StartAsync(new FakeModelLoader { Generation = FakeGenerations.Say(Words) });

        var reply = await (await service.Http.ChatAsync("skilled", "go left")).ReadJsonAsync();

        Assert.Equal("b", reply.GetProperty("model").GetString());
        Assert.Equal(3, reply.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(3, reply.GetProperty("orchestrator").GetProperty("cost").GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task Post_SkillsInTheHeader_AsksNoTagger()
    {
        await using var service = await StartAsync(new FakeModelLoader { Generation = FakeGenerations.Say(Words) });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = ChatCalls.Json(ChatCalls.Body("skilled", "sing")) };
        request.Headers.Add("x-orchestrator-skills", "going");

        using var response = await service.Http.SendAsync(request);

        Assert.Equal("a", await response.ReadAnswerAsync());
        Assert.Equal(0, service.Now.Pool.Snapshot().Single(expert => expert.Id == "namer").Served);
    }

    [Fact]
    public async Task Stream_TaggerStillLoads_IsToldBeforeThereIsAPlan()
    {
        var loader = new FakeModelLoader { Manual = true, Generation = FakeGenerations.Say(Words) };
        await using var service = await StartAsync(loader);

        using var response = await service.OpenAsync("skilled");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await reader.ReadLineAsync();
        foreach (var expert in (string[])["namer", "a", "b"]) loader.Complete(expert);
        var rest = await reader.ReadToEndAsync();

        Assert.StartsWith(": naming the skills; ", first, StringComparison.Ordinal);
        Assert.Equal("skilled", Assert.Single(response.Headers.GetValues("x-orchestrator-policy")));
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
    }

    static Task<FakeService> StartAsync(FakeModelLoader loader) => FakeService.StartOnAsync(Yaml, loader, ("outcomes.jsonl", Outcomes));
}
