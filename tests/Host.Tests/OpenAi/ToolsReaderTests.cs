using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Tools;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.OpenAi;

public sealed class ToolsReaderTests
{
    const string Tools = """
        "tools":[{"type":"function","function":{"name":"price","description":"d","parameters":{"type":"object"}}},{"type":"function","function":{"name":"now","strict":false}}]
        """;

    const string Called = """
        {"role":"user","content":"go"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"price","arguments":"{\"of\":\"x\"}"}},{"id":"c2","type":"function","function":{"name":"now","arguments":""}}]}
        """;

    [Fact]
    public void Read_Tools_AreOffered()
    {
        var use = Read(Tools).Tools!;

        Assert.Equal(["price", "now"], use.Offered.Select(tool => tool.Name));
        Assert.Equal(("d", """{"type":"object"}"""), (use.Offered[0].Description, use.Offered[0].Parameters!.Value.GetRawText()));
        Assert.Equal((null, null), (use.Offered[1].Description, use.Offered[1].Parameters));
        Assert.Empty(use.Forced);
        Assert.True(use.Several);
        Assert.Equal([null], use.Turns);
    }

    [Theory]
    [InlineData("\"tool_choice\":\"auto\"")]
    [InlineData("\"tool_choice\":\"required\"", "price", "now")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"now\"}}", "now")]
    public void Read_Choice_MayForce(string field, params string[] forced) => Assert.Equal(forced, Read($"{Tools},{field}").Tools!.Forced);

    [Fact]
    public void Read_NoParallelCalls_IsOneCall() => Assert.False(Read($"{Tools},\"parallel_tool_calls\":false").Tools!.Several);

    [Theory]
    [InlineData("\"tools\":[]")]
    [InlineData("\"tools\":null,\"tool_choice\":\"auto\"")]
    [InlineData(Tools + ",\"tool_choice\":\"none\"")]
    public void Read_NothingToCall_IsAsWithout(string fields) => Assert.Null(Read(fields).Tools);

    [Fact]
    public void Read_CallsAndResults_AreTurns()
    {
        var request = Read("\"stream\":false", Called + """,{"role":"tool","tool_call_id":"c2","content":"noon"},{"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"93"}]}""");

        Assert.Equal([new("user", "go"), new("assistant", ""), new("tool", "noon"), new ChatTurn("tool", "93")], request.Generation.Messages);
        var use = request.Tools!;
        Assert.Empty(use.Offered);
        Assert.Equal("messages[1].tool_calls", use.Param);
        Assert.Equal([new("c1", "price", "{\"of\": \"x\"}"), new ToolCall("c2", "now", "{}")], use.Turns[1]!.Calls);
        Assert.Equal([null, null, "c2", "c1"], use.Turns.Select(turn => turn?.ResultOf));
        Assert.Equal("go", request.Question);
    }

    [Theory]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"tools\":[5]", "tools[0]")]
    [InlineData("\"tools\":[{\"type\":\"web_search\"}]", "tools[0].type")]
    [InlineData("\"tools\":[{\"type\":\"function\"}]", "tools[0].function")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":5}]", "tools[0].function")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{}}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\\n\"}}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"description\":5}}]", "tools[0].function.description")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":[]}}]", "tools[0].function.parameters")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"strict\":true}}]", "tools[0].function.strict")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"colour\":1}}]", "tools[0].function.colour")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},{\"type\":\"function\",\"function\":{\"name\":\"a\"}}]", "tools[1].function.name")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("\"tool_choice\":\"any\"", "tool_choice")]
    [InlineData("\"tool_choice\":5", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"custom\"}", "tool_choice.type")]
    [InlineData("\"tool_choice\":{\"type\":\"function\"}", "tool_choice.function")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"other\"}}", "tool_choice.function.name")]
    [InlineData(Tools + ",\"parallel_tool_calls\":1", "parallel_tool_calls")]
    public void Read_WrongField_IsNamed(string fields, string param) => AssertRefused(param, () => Read(fields));

    [Theory]
    [InlineData("""{"role":"user","content":"x","tool_calls":[{}]}""", "messages[0].tool_calls")]
    [InlineData("""{"role":"user","content":"x","tool_call_id":"c"}""", "messages[0].tool_call_id")]
    [InlineData("""{"role":"tool","content":"x"}""", "messages[0].tool_call_id")]
    [InlineData("""{"role":"tool","content":"x","tool_call_id":"c"}""", "messages[0].tool_call_id")]
    [InlineData("""{"role":"assistant","content":null}""", "messages[0].content")]
    [InlineData("""{"role":"assistant","tool_calls":{}}""", "messages[0].tool_calls")]
    [InlineData("""{"role":"assistant","tool_calls":[5]}""", "messages[0].tool_calls[0]")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c","type":"custom"}]}""", "messages[0].tool_calls[0].type")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c","type":"function"}]}""", "messages[0].tool_calls[0].function")]
    [InlineData("""{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"f"}}]}""", "messages[0].tool_calls[0].id")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{"}}]}""", "messages[0].tool_calls[0].function.arguments")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"[]"}}]}""", "messages[0].tool_calls[0].function.arguments")]
    [InlineData(Called + """,{"role":"tool","tool_call_id":"c3","content":"x"}""", "messages[2].tool_call_id")]
    [InlineData(Called + """,{"role":"tool","tool_call_id":"c1"}""", "messages[2].content")]
    [InlineData(Called + """,{"role":"user","content":"wait"},{"role":"tool","tool_call_id":"c1","content":"x"}""", "messages[3].tool_call_id")]
    public void Read_WrongMessage_IsNamed(string messages, string param) => AssertRefused(param, () => Read("\"stream\":false", messages));

    [Theory]
    [InlineData("{", "cannot be read as JSON: ")]
    [InlineData("[]", "JSON, but not an object")]
    [InlineData("{\"a\":1,\"a\":2}", "'a'")]
    [InlineData("{\"a\":\"\\ud800\"}", "not valid Unicode")]
    public void Read_WrongArguments_SaysWhatIsWrong(string arguments, string problem)
    {
        var call = $$$"""{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":{{{JsonSerializer.Serialize(arguments)}}}}}]}""";

        Assert.Contains(problem, Assert.Throws<ApiException>(() => Read("\"stream\":false", call)).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ResultsOfAMessageBeforeTheLast_AreRefused() => AssertRefused("messages[4].tool_call_id", () => Read("\"stream\":false", Called + """
        ,{"role":"tool","tool_call_id":"c1","content":"x"},
        {"role":"assistant","tool_calls":[{"id":"d","type":"function","function":{"name":"now","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"x"}
        """));

    /// <summary>Reading must not copy all messages before each result: that would be 100 MB here.</summary>
    [Fact]
    public void Read_ManyResults_AllocatesInProportion()
    {
        const int Results = 5000;
        var messages = Called + string.Concat(Enumerable.Repeat(""",{"role":"tool","tool_call_id":"c1","content":"x"}""", Results));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var use = Read("\"stream\":false", messages).Tools!;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Results * 4000L);
        Assert.Equal(Results, use.Turns.Count(turn => turn?.ResultOf == "c1"));
    }

    [Fact]
    public void Read_TooManyTools_IsRefused()
    {
        var tools = string.Join(',', Enumerable.Range(0, 129).Select(i => $"{{\"type\":\"function\",\"function\":{{\"name\":\"f{i}\"}}}}"));

        AssertRefused("tools", () => Read($"\"tools\":[{tools}]"));
    }

    static void AssertRefused(string param, Action read)
    {
        var error = Assert.Throws<ApiException>(read).Error;
        Assert.Equal((400, param), (error.Status, error.Param));
    }

    static ChatRequest Read(string fields, string messages = """{"role":"user","content":"hi"}""") =>
        ChatRequestReader.Read(JsonDocument.Parse($"{{\"model\":\"auto\",\"messages\":[{messages}],{fields}}}").RootElement);
}
