using System.Text.Json.Serialization;
using Orchestrator.Host.Tools;

namespace Orchestrator.Host.OpenAi;

/// <summary>A call in <c>tool_calls</c>.</summary>
/// <param name="Index">Of the calls of a stream; null in a whole answer.</param>
sealed record WireToolCall(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index, string Id, WireFunction Function)
{
    public string Type { get; init; } = "function";

    public static WireToolCall Of(ToolCall call, int? index = null) => new(index, call.Id, new WireFunction(call.Name, call.Arguments));
}

/// <param name="Arguments">JSON as a text.</param>
sealed record WireFunction(string Name, string Arguments);
