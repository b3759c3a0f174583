using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Tools;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.OpenAi;

public sealed class CompletionWriterTests
{
    static readonly AnswerPiece[] Pieces = [new("Hel"), new("lo"), new("", Finish: FinishReason.Length)];

    [Fact]
    public async Task Events_Answer_IsRoleThenTextThenFinish()
    {
        var events = await EventsAsync(includeUsage: false);

        Assert.Equal(4, events.Count);
        Assert.Equal("assistant", Delta(events[0]).GetProperty("role").GetString());
        Assert.Equal("", Delta(events[0]).GetProperty("content").GetString());
        Assert.Equal(["Hel", "lo"], events[1..3].Select(json => Delta(json).GetProperty("content").GetString()));
        Assert.Equal("length", Choice(events[3]).GetProperty("finish_reason").GetString());
        Assert.Empty(Delta(events[3]).EnumerateObject());
        Assert.All(events, json => Assert.Equal("chat.completion.chunk", json.GetProperty("object").GetString()));
        Assert.All(events[..3], json => Assert.Equal(JsonValueKind.Null, Choice(json).GetProperty("finish_reason").ValueKind));
        Assert.All(events, json => Assert.False(json.TryGetProperty("usage", out _)));
    }

    [Fact]
    public async Task Events_UsageAskedFor_IsNullUntilALastEventWithoutChoices()
    {
        var events = await EventsAsync(includeUsage: true);

        Assert.Equal(5, events.Count);
        Assert.All(events[..4], json => Assert.Equal(JsonValueKind.Null, json.GetProperty("usage").ValueKind));
        Assert.Equal(0, events[4].GetProperty("choices").GetArrayLength());
        Assert.Equal(5, events[4].GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public void Whole_Answer_HasOpenAisFields()
    {
        var json = JsonSerializer.SerializeToElement(Writer(false).Whole("Hello é", FinishReason.Length, new TokenUsage(3, 2)), WireJson.Wire.ChatCompletion);

        Assert.Equal("chat.completion", json.GetProperty("object").GetString());
        Assert.Equal("abacus", json.GetProperty("model").GetString());
        var choice = json.GetProperty("choices")[0];
        Assert.Equal(0, choice.GetProperty("index").GetInt32());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("Hello é", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        Assert.False(choice.GetProperty("message").TryGetProperty("tool_calls", out _));
        Assert.Equal(3, json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(2, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Events_Calls_AreDeltasOfTheirOwn()
    {
        var events = await EventsAsync(
            includeUsage: false, new("Look: "), new("", new ToolCall("c1", "price", "{}")), new("", new ToolCall("c2", "now", "{}")), new("", Finish: FinishReason.Stop));

        var calls = events[2..4].Select(json => Assert.Single(Delta(json).GetProperty("tool_calls").EnumerateArray()));
        Assert.Equal(
            [
                """{"index":0,"id":"c1","function":{"name":"price","arguments":"{}"},"type":"function"}""",
                """{"index":1,"id":"c2","function":{"name":"now","arguments":"{}"},"type":"function"}""",
            ],
            calls.Select(call => call.GetRawText()));
        Assert.False(Delta(events[2]).TryGetProperty("content", out _));
        Assert.Equal("tool_calls", Choice(events[4]).GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData("", FinishReason.Stop, null, "tool_calls")]
    [InlineData("Look:", FinishReason.Length, "Look:", "length")]
    public void Whole_Calls_AreBesideTheText(string text, FinishReason finish, string? content, string reason)
    {
        var completion = Writer(false).Whole(text, finish, new TokenUsage(3, 2), null, new ToolCall("c1", "price", "{\"of\":1}"));

        var choice = JsonSerializer.SerializeToElement(completion, WireJson.Wire.ChatCompletion).GetProperty("choices")[0];
        Assert.Equal(content, choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(
            """[{"id":"c1","function":{"name":"price","arguments":"{\"of\":1}"},"type":"function"}]""",
            choice.GetProperty("message").GetProperty("tool_calls").GetRawText());
        Assert.Equal(reason, choice.GetProperty("finish_reason").GetString());
    }

    static CompletionWriter Writer(bool includeUsage) => new("chatcmpl-1", 7, "abacus", includeUsage);

    static async Task<List<JsonElement>> EventsAsync(bool includeUsage, params AnswerPiece[] pieces)
    {
        var events = new List<JsonElement>();
        var writer = Writer(includeUsage);
        await foreach (var json in writer.Events((pieces.Length > 0 ? pieces : Pieces).ToAsyncEnumerable()))
            events.Add(JsonDocument.Parse(json).RootElement);
        events.AddRange(writer.Closing(new TokenUsage(3, 2), null).Select(json => JsonDocument.Parse(json).RootElement));
        return events;
    }

    static JsonElement Choice(JsonElement json) => json.GetProperty("choices")[0];

    static JsonElement Delta(JsonElement json) => Choice(json).GetProperty("delta");
}
