using System.Text;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tools.Hermes;

/// <summary>
/// The function calling of Nous Research's Hermes 2 Pro, which Qwen2.5 and Qwen3 took over. The words and line breaks are those of
/// the chat templates of Qwen2.5-Instruct and Qwen3 (tokenizer_config.json), which llama.cpp's built-in ones leave out.
/// </summary>
static class HermesFormat
{
    public static CallFormat Format { get; } = new(Write, HermesGrammar.Of, Reader);

    static IReadOnlyList<ChatTurn> Write(IReadOnlyList<ChatTurn> messages, ToolUse use)
    {
        var turns = new List<ChatTurn>();
        IReadOnlyList<ToolCall> asked = [];
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (use.Turns[i] is { ResultOf: not null })
            {
                var from = i;
                while (i + 1 < messages.Count && use.Turns[i + 1]?.ResultOf is not null) i++;
                turns.Add(Results(messages, use.Turns, from, i, asked));
            }
            else if (use.Turns[i] is { Calls: var calls })
            {
                asked = calls;
                turns.Add(message with { Content = Calls(message.Content, calls) });
            }
            else
            {
                turns.Add(message);
            }
        }

        if (use.Offered.Count == 0) return turns;
        var system = turns[0].Role == "system" ? turns[0].Content : "";
        if (turns[0].Role == "system") turns.RemoveAt(0);
        return [new ChatTurn("system", Instructions(system, use.Offered)), .. turns];
    }

    static CallReader Reader()
    {
        var reader = new HermesReader();
        return new CallReader(reader.Read, reader.End);
    }

    static string Instructions(string system, IReadOnlyList<ToolDefinition> tools) => $$"""
        {{(system.Length > 0 ? $"{system}\n\n" : "")}}# Tools

        You may call one or more functions to assist with the user query.

        You are provided with function signatures within <tools></tools> XML tags:
        <tools>
        {{string.Join('\n', tools.Select(Signature))}}
        </tools>

        For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
        <tool_call>
        {"name": <function-name>, "arguments": <args-json-object>}
        </tool_call>
        """;

    static string Signature(ToolDefinition tool)
    {
        var text = new StringBuilder("{\"type\": \"function\", \"function\": {\"name\": ").Append(SpacedJson.Of(tool.Name));
        if (tool.Description is { } description) text.Append(", \"description\": ").Append(SpacedJson.Of(description));
        if (tool.Parameters is { } parameters) text.Append(", \"parameters\": ").Append(SpacedJson.Of(parameters));
        return text.Append("}}").ToString();
    }

    static string Calls(string content, IReadOnlyList<ToolCall> calls) => string.Join(
        '\n',
        calls.Select(call => $"{HermesTags.Open}\n{{\"name\": {SpacedJson.Of(call.Name)}, \"arguments\": {call.Arguments}}}\n{HermesTags.Close}")
            .Prepend(content).Where(part => part.Length > 0));

    /// <summary>One turn for all results, in the order of the calls: without ids that is all that pairs them.</summary>
    static ChatTurn Results(
        IReadOnlyList<ChatTurn> messages, IReadOnlyList<ToolTurn?> turns, int from, int to, IReadOnlyList<ToolCall> asked)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, call) in asked.Index()) places.TryAdd(call.Id, place);
        return new ChatTurn("user", string.Join('\n', Enumerable.Range(from, to - from + 1)
            .OrderBy(index => places[turns[index]!.ResultOf!])
            .Select(index => $"<tool_response>\n{messages[index].Content}\n</tool_response>")));
    }
}
