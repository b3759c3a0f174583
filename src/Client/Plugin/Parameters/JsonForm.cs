using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Plugin.Parameters;

/// <summary>One form for what hosts hand over: elements of a model's JSON, values of .NET, and JSON that a model wrote into a text.</summary>
static class JsonForm
{
    /// <exception cref="ArgumentProblem">It has no form in JSON.</exception>
    public static JsonElement Of(object? value, string path)
    {
        try
        {
            return value switch
            {
                null => default,
                JsonElement element => element,
                JsonDocument document => document.RootElement,
                JsonNode node => JsonSerializer.SerializeToElement(node, PluginJson.Plain.JsonNode),
                _ => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
            };
        }
        catch (Exception strange) when (strange is NotSupportedException or JsonException)
        {
            throw new ArgumentProblem($"The argument '{path}' is a {value!.GetType().Name}, which has no form in JSON.");
        }
    }

    /// <summary>The value that a text holds, such as <c>"5"</c> or <c>"[\"a\"]"</c>; anything else is itself.</summary>
    public static JsonElement Unwrapped(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return value;
        try
        {
            return JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
