using System.Net;
using System.Text.Json;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.Tools;

/// <summary>Tools over the wire, with experts that are told what to write.</summary>
public sealed class ToolCallsTests
{
    [Fact]
    public async Task Post_Tools_GivesTheCalls()
    {
        List<GenerationRequest> asked = [];
        await using var service = await CallingExperts.StartAsync(asked: asked);

        var reply = await (await service.Http.ChatAsync("auto", "What does a muog cost?", CallingExperts.Tools)).ReadJsonAsync();

        var choice = reply.GetProperty("choices")[0];
        Assert.Equal("caller", reply.GetProperty("model").GetString());
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("Let me look.", choice.GetProperty("message").GetProperty("content").GetString());
        var calls = choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray().ToArray();
        Assert.Equal(2, calls.Length);
        Assert.All(calls, call => Assert.Equal(
            "price {\"of\": \"muog\"}", $"{call.GetProperty("function").GetProperty("name")} {call.GetProperty("function").GetProperty("arguments")}"));
        Assert.All(calls, call => Assert.StartsWith("call_", call.GetProperty("id").GetString(), StringComparison.Ordinal));
        Assert.Equal(2, calls.Select(call => call.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(["system", "user"], Assert.Single(asked).Messages.Select(message => message.Role));
        Assert.Null(asked[0].Grammar);
    }

    [Fact]
    public async Task Post_NoParallelCalls_GivesTheFirst()
    {
        await using var service = await CallingExperts.StartAsync();

        var reply = await (await service.Http.ChatAsync("caller", "go", CallingExperts.Tools + ",\"parallel_tool_calls\":false")).ReadJsonAsync();

        Assert.Equal(1, reply.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls").GetArrayLength());
    }

    [Fact]
    public async Task Post_Streamed_SendsTextThenWholeCalls()
    {
        await using var service = await CallingExperts.StartAsync();
        using var response = await service.OpenAsync("auto", CallingExperts.Tools);

        var events = await response.ReadEventsAsync();

        Assert.Equal("Let me look.", ChatCalls.TextOf(events));
        Assert.Equal([0, 1], events.Where(json => json.Contains("tool_calls\":[", StringComparison.Ordinal)).Select(Call).Select(call => call.GetProperty("index").GetInt32()));
        Assert.Contains("\"finish_reason\":\"tool_calls\"", events[^2], StringComparison.Ordinal);
        Assert.Equal("[DONE]", events[^1]);
    }

    [Fact]
    public async Task Post_BrokenCall_IsText()
    {
        const string Broken = "<tool_call>\n{\"name\": price}\n</tool_call>";
        await using var service = await CallingExperts.StartAsync(Broken);

        var choice = (await (await service.Http.ChatAsync("auto", "go", CallingExperts.Tools)).ReadJsonAsync()).GetProperty("choices")[0];

        Assert.Equal(Broken, choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData("\"temperature\":0")]
    [InlineData(CallingExperts.Tools + ",\"tool_choice\":\"none\"")]
    public async Task Post_NothingOffered_IsAnsweredByAnybodyAsText(string fields)
    {
        await using var service = await CallingExperts.StartAsync();

        var reply = await (await service.Http.ChatAsync("auto", "go", fields)).ReadJsonAsync();

        Assert.Equal("a", reply.GetProperty("model").GetString());
        Assert.Contains("<tool_call>", reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ResultsWithoutTools_GoToWhoUnderstandsThem()
    {
        await using var service = await CallingExperts.StartAsync();

        var reply = await (await service.Http.PostAsync("/v1/chat/completions", ChatCalls.Json("""
            {"model":"auto","messages":[{"role":"user","content":"go"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"price","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"93"}]}
            """))).ReadJsonAsync();

        Assert.Equal("caller", reply.GetProperty("model").GetString());
        Assert.Equal("It costs 93.", reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("\"required\"")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"price\"}}")]
    public async Task Post_ForcedCall_IsForcedByGrammar(string choice)
    {
        List<GenerationRequest> asked = [];
        await using var service = await CallingExperts.StartAsync(asked: asked);

        using var reply = await service.Http.ChatAsync("auto", "go", $"{CallingExperts.Tools},\"tool_choice\":{choice}");

        Assert.Contains("name ::= \"price\"", Assert.Single(asked).Grammar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_PanelWithTools_IsTheBestCallerAlone()
    {
        await using var service = await CallingExperts.StartAsync();

        var plan = await (await service.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body("vote", "go", CallingExperts.Tools)))).ReadJsonAsync();

        Assert.Equal(["caller"], plan.GetProperty("panel").EnumerateArray().Select(member => member.GetString()));
        Assert.Equal(["caller", "second"], plan.GetProperty("ranked").EnumerateArray().Select(ranked => ranked.GetProperty("expert").GetString()));
        Assert.Equal("first", plan.GetProperty("aggregator").GetString());
        Assert.Contains("answers alone", plan.GetProperty("reasons").EnumerateArray().Last().GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/route")]
    public async Task Post_NamedExpertWithoutTools_IsRefused(string path)
    {
        await using var service = await CallingExperts.StartAsync();

        using var response = await service.Http.PostAsync(path, ChatCalls.Json(ChatCalls.Body("a", "go", CallingExperts.Tools)));

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal(("tools", "unsupported_parameter"), (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Post_NobodyCallsTools_IsRefusedWithTheRemedy()
    {
        await using var service = await FakeService.StartAsync();

        using var response = await service.Http.ChatAsync("auto", "go", CallingExperts.Tools);

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Equal("unsupported_parameter", error.GetProperty("code").GetString());
        Assert.Contains("set 'tools: hermes'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_Expert_TellsItsFormat()
    {
        await using var service = await CallingExperts.StartAsync();

        Assert.Equal("hermes", (await DetailsAsync("caller")).GetProperty("tools").GetString());
        Assert.False((await DetailsAsync("a")).TryGetProperty("tools", out _));

        async Task<JsonElement> DetailsAsync(string id) =>
            (await (await service.Http.GetAsync($"/v1/models/{id}")).ReadJsonAsync()).GetProperty("orchestrator");
    }

    [Fact]
    public async Task Batch_LineWithTools_IsRefused()
    {
        await using var service = await CallingExperts.StartAsync();
        using var created = await service.Http.CreateBatchAsync(await service.Http.UploadedAsync(BatchCalls.Line("k", "auto", fields: CallingExperts.Tools)));
        var id = (await created.ReadJsonAsync()).GetProperty("id").GetString()!;

        var batch = await service.Http.EndedAsync(id);

        Assert.Equal("failed", batch.Status());
        Assert.Contains("nobody who runs tools", batch.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
    }

    static JsonElement Call(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("tool_calls")[0];
}
