using System.Net;
using System.Text.Json;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Pipeline;

/// <summary>A policy whose panel is heard whole and merged.</summary>
public sealed class MergedPanelTests
{
    const string Yaml = """
        memory: { budget: 64MiB }
        policies:
          vote: { strategy: nearest, panel: 3, aggregator: majority }
          write: { strategy: nearest, panel: 3, aggregator: synthesis, aggregator_expert: scribe }
        experts:
          - { id: a, file: model.gguf }
          - { id: b, file: twin.gguf }
          - { id: c, file: model.gguf }
          - { id: scribe, file: model.gguf, purpose: aggregate }
        """;

    static readonly Dictionary<string, string> Words = new()
    {
        ["a"] = "Answer: 1",
        ["b"] = "Answer: 2",
        ["c"] = "Answer: 2",
        ["scribe"] = "2 is right. Answer: 2",
    };

    [Fact]
    public async Task Post_Vote_IsTheMajoritysAnswerWithEverybodysBesideIt()
    {
        await using var service = await StartAsync();

        var reply = await (await service.Http.ChatAsync("vote", "go")).ReadJsonAsync();

        Assert.Equal("Answer: 2", reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("b", reply.GetProperty("model").GetString());
        var told = reply.GetProperty("orchestrator");
        Assert.Equal(["a", "b", "c"], told.GetProperty("panel").EnumerateArray().Select(member => member.GetProperty("expert").GetString()));
        Assert.Equal("majority", told.GetProperty("aggregation").GetProperty("aggregator").GetString());
        Assert.NotEqual(0, told.GetProperty("aggregation").GetProperty("reasons").GetArrayLength());
    }

    [Fact]
    public async Task Post_Synthesis_SumsTheTokensOfAllCalls()
    {
        await using var service = await StartAsync();

        var reply = await (await service.Http.ChatAsync("write", "go")).ReadJsonAsync();

        Assert.Equal("2 is right. Answer: 2", reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("scribe", reply.GetProperty("model").GetString());
        Assert.Equal(4, reply.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        var cost = reply.GetProperty("orchestrator").GetProperty("cost");
        Assert.Equal(4, cost.GetProperty("calls").GetInt32());
        Assert.True(cost.GetProperty("parameter_tokens").GetDouble() > 0);
    }

    [Fact]
    public async Task Stream_Synthesis_EndsWithTheReportAndThenTheUsage()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.ChatAsync("write", "go", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        var events = await response.ReadEventsAsync();

        Assert.Equal("scribe", Assert.Single(response.Headers.GetValues("x-orchestrator-expert")));
        Assert.Equal("2 is right. Answer: 2", ChatCalls.TextOf(events));
        Assert.Equal(3, Json(events[^3]).GetProperty("orchestrator").GetProperty("panel").GetArrayLength());
        Assert.Equal(8, Json(events[^2]).GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("[DONE]", events[^1]);
    }

    [Fact]
    public async Task Post_OneMemberCannotBeLoaded_TheOthersAreMergedAndItsFailureIsTold()
    {
        var loader = new FakeModelLoader { Manual = true, Generation = FakeGenerations.Say(Words) };
        await using var service = await FakeService.StartOnAsync(Yaml, loader);
        loader.Fail("b", new IOException("the disk is broken"));
        loader.Complete("a");
        loader.Complete("c");

        var reply = await (await service.Http.ChatAsync("vote", "go")).ReadJsonAsync();

        Assert.Equal("Answer: 1", reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Contains(
            "the disk is broken",
            reply.GetProperty("orchestrator").GetProperty("panel")[1].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NobodyOfThePanelCanBeLoaded_IsOneErrorOfTheFirst()
    {
        var loader = new FakeModelLoader { Manual = true };
        await using var service = await FakeService.StartOnAsync(Yaml, loader);
        foreach (var expert in (string[])["a", "b", "c"]) loader.Fail(expert, new IOException($"the disk of {expert} is broken"));

        var error = await (await service.Http.ChatAsync("vote", "go")).ReadErrorAsync(HttpStatusCode.ServiceUnavailable);

        Assert.Contains("the disk of a is broken", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_PolicyWithAnAggregator_NamesIt()
    {
        await using var service = await StartAsync();

        var plan = await (await service.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body("write", "go")))).ReadJsonAsync();

        Assert.Equal("synthesis", plan.GetProperty("aggregator").GetString());
        Assert.Equal("scribe", plan.GetProperty("aggregator_expert").GetString());
        Assert.DoesNotContain("scribe", plan.GetProperty("ranked").EnumerateArray().Select(ranked => ranked.GetProperty("expert").GetString()));
    }

    static Task<FakeService> StartAsync() =>
        FakeService.StartOnAsync(Yaml, new FakeModelLoader { Generation = FakeGenerations.Say(Words) });

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
