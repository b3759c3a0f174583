using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>What goes into a function and what comes out of it, as text. Objects of the caller are written by the options that its functions use.</summary>
static class ToolValues
{
    /// <summary>Spaces cost tokens.</summary>
    static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static string Arguments(IDictionary<string, object?>? arguments) => arguments is null or { Count: 0 }
        ? "{}"
        : JsonSerializer.Serialize(arguments, Compact.GetTypeInfo(typeof(IDictionary<string, object?>)));

    /// <summary>Arguments that are no JSON object are told by the content's exception, as the caller's pipeline expects.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments) =>
        FunctionCallContent.CreateFromParsedArguments(
            arguments.Length == 0 ? "{}" : arguments, id, name, static text => JsonSerializer.Deserialize(text, ClientJson.Wire.DictionaryStringObject)!);

    public static string Text(FunctionResultContent result) => result.Result switch
    {
        null => result.Exception is { } failure ? $"Error: {failure.Message}" : "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        TextContent text => text.Text,
        var value => JsonSerializer.Serialize(value, Compact.GetTypeInfo(value.GetType())),
    };
}
