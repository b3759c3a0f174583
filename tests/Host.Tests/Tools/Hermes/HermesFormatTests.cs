using System.Text.Json;
using Orchestrator.Host.Tools;
using Orchestrator.Host.Tools.Hermes;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.Tools.Hermes;

public sealed class HermesFormatTests
{
    static readonly ToolDefinition Price = new(
        "price", "What a \"thing\" costs, in é.", JsonDocument.Parse("""{"type":"object","properties":{"of":{"type":"string"}},"required":["of"]}""").RootElement);

    static readonly ToolDefinition Now = new("now", null, null);

    /// <summary>As the template of Qwen3 renders it.</summary>
    const string Offer = """
        # Tools

        You may call one or more functions to assist with the user query.

        You are provided with function signatures within <tools></tools> XML tags:
        <tools>
        {"type": "function", "function": {"name": "price", "description": "What a \"thing\" costs, in é.", "parameters": {"type": "object", "properties": {"of": {"type": "string"}}, "required": ["of"]}}}
        {"type": "function", "function": {"name": "now"}}
        </tools>

        For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
        <tool_call>
        {"name": <function-name>, "arguments": <args-json-object>}
        </tool_call>
        """;

    [Fact]
    public void Write_Tools_AreASystemMessage() => Assert.Equal(
        [new ChatTurn("system", Offer), new ChatTurn("user", "hi")],
        HermesFormat.Format.Write([new ChatTurn("user", "hi")], new ToolUse { Offered = [Price, Now], Turns = [null] }));

    [Fact]
    public void Write_OwnSystemMessage_StandsBeforeTheTools() => Assert.Equal(
        [new ChatTurn("system", "Be brief.\n\n" + Offer), new ChatTurn("user", "hi")],
        HermesFormat.Format.Write(
            [new ChatTurn("system", "Be brief."), new ChatTurn("user", "hi")], new ToolUse { Offered = [Price, Now], Turns = [null, null] }));

    [Fact]
    public void Write_CallsAndResults_AreTurnsOfText()
    {
        ChatTurn[] messages =
        [
            new("user", "go"), new("assistant", "Let me look."), new("tool", "noon"), new("tool", "93"), new("assistant", "93 at noon"),
            new("user", "again"), new("assistant", ""), new("tool", "one"),
        ];
        var turns = HermesFormat.Format.Write(messages, new ToolUse
        {
            Turns =
            [
                null, new ToolTurn { Calls = [new("a", "price", "{\"of\": 1}"), new("b", "now", "{}")] }, new ToolTurn { ResultOf = "b" },
                new ToolTurn { ResultOf = "a" }, null, null, new ToolTurn { Calls = [new("c", "now", "{}")] }, new ToolTurn { ResultOf = "c" },
            ],
        });

        Assert.Equal(
            [
                new("user", "go"),
                new("assistant", "Let me look.\n<tool_call>\n{\"name\": \"price\", \"arguments\": {\"of\": 1}}\n</tool_call>\n<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>"),
                new("user", "<tool_response>\n93\n</tool_response>\n<tool_response>\nnoon\n</tool_response>"),
                new("assistant", "93 at noon"),
                new("user", "again"),
                new("assistant", "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>"),
                new("user", "<tool_response>\none\n</tool_response>"),
            ],
            turns);
    }
}
