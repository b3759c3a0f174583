using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Chat;

/// <summary>Options without a member: some are headers, the others fields of the request, as <see cref="OrchestratorOptions"/> says.</summary>
static class ExtraProperties
{
    /// <returns>The headers.</returns>
    /// <exception cref="ArgumentException">A name that has a member, or a value that its header cannot have.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(Utf8JsonWriter json, AdditionalPropertiesDictionary? properties)
    {
        if (properties is null or { Count: 0 }) return [];
        List<KeyValuePair<string, string>> headers = [];
        foreach (var (name, value) in properties)
            if (HeaderOf(name) is { } header) headers.Add(new(header, HeaderText.Of(name, value)));
            else WriteField(json, name, value);
        return headers;
    }

    static string? HeaderOf(string name) => name switch
    {
        OrchestratorOptions.Skills => "x-orchestrator-skills",
        OrchestratorOptions.Prefer => "x-orchestrator-prefer",
        OrchestratorOptions.Licence => "x-orchestrator-licence",
        OrchestratorOptions.Variants => "x-orchestrator-variants",
        _ => null,
    };

    static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        if (name is "model" or "messages" or "stream" or "stream_options")
            throw new ArgumentException(
                $"AdditionalProperties[\"{name}\"] is the client's to write: give the model by ChatOptions.ModelId, and choose streaming by the method.", name);
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case bool truth: json.WriteBoolean(name, truth); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case float number: json.WriteNumber(name, number); break;
            case double number: json.WriteNumber(name, number); break;
            case decimal number: json.WriteNumber(name, number); break;
            case JsonElement element: Named(json, name); element.WriteTo(json); break;
            case JsonNode node: Named(json, name); node.WriteTo(json); break;
            case IEnumerable<string> texts:
                json.WriteStartArray(name);
                foreach (var text in texts) json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            // Null is "not given"; any other object is a note of middleware to itself.
            default: break;
        }
    }

    static void Named(Utf8JsonWriter json, string name) => json.WritePropertyName(name);
}
