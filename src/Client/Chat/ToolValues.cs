using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>What goes into a function and what comes out of it, as text. Objects of the caller are written by the options that its functions use.</summary>
static class ToolValues
{
    /// <summary>Spaces cost tokens.</summary>
    static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <exception cref="ArgumentException">JSON cannot say one of them.</exception>
    public static string Arguments(FunctionCallContent call) => call.Arguments is not { Count: > 0 } arguments
        ? "{}"
        : Said($"An argument of the call '{call.CallId}'", () => JsonSerializer.Serialize(arguments, Compact.GetTypeInfo(typeof(IDictionary<string, object?>))));

    /// <summary>Arguments that are no JSON object are told by the content's exception, as the caller's pipeline expects.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments) =>
        FunctionCallContent.CreateFromParsedArguments(
            arguments.Length == 0 ? "{}" : arguments, id, name, static text => JsonSerializer.Deserialize(text, ClientJson.Wire.DictionaryStringObject)!);

    /// <exception cref="ArgumentException">JSON cannot say it.</exception>
    public static string Text(FunctionResultContent result) => result.Result switch
    {
        null => result.Exception is { } failure ? $"Error: {failure.Message}" : "",
        string text => text,
        TextContent text => text.Text,
        var value => Said($"The result of the call '{result.CallId}'", () => value switch
        {
            JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
            JsonElement json => json.GetRawText(),
            _ => JsonSerializer.Serialize(value, Compact.GetTypeInfo(value.GetType())),
        }),
    };

    /// <summary>Such as NaN, half a character, or what its serializer has no contract for.</summary>
    static string Said(string what, Func<string> write)
    {
        try
        {
            return write();
        }
        catch (Exception unsaid) when (unsaid is ArgumentException or JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new ArgumentException($"{what} cannot be said in JSON: {unsaid.Message}", what, unsaid);
        }
    }
}
