using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Chat;

/// <summary>Options without a member: some are headers, the others fields of the request, as <see cref="OrchestratorOptions"/> says.</summary>
static class ExtraProperties
{
    public const string SkillsHeader = "x-orchestrator-skills";

    /// <returns>The headers.</returns>
    /// <exception cref="ArgumentException">A name that has a member, or a value that its header or JSON cannot have.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.AdditionalProperties is not { Count: > 0 } properties) return [];
        List<KeyValuePair<string, string>> headers = [];
        foreach (var (name, value) in properties)
            if (!IsGiven(value)) continue;
            else if (HeaderOf(name) is { } header) headers.Add(new(header, HeaderText.Of(name, value)));
            else WriteField(json, name, value, options);
        return headers;
    }

    static bool IsGiven(object? value) => value is not (null or JsonElement { ValueKind: JsonValueKind.Null });

    static string? HeaderOf(string name) => name switch
    {
        OrchestratorOptions.Skills => SkillsHeader,
        OrchestratorOptions.Prefer => "x-orchestrator-prefer",
        OrchestratorOptions.Licence => "x-orchestrator-licence",
        OrchestratorOptions.Variants => "x-orchestrator-variants",
        _ => null,
    };

    static void WriteField(Utf8JsonWriter json, string name, object? value, ChatOptions options)
    {
        var what = $"AdditionalProperties[\"{name}\"]";
        if (name is "model" or "messages" or "stream" or "stream_options")
            throw new ArgumentException(
                $"{what} is the client's to write: give the model by ChatOptions.ModelId, and choose streaming by the method.", name);
        // Any other object is a note of middleware to itself.
        if (!PlainValue.TryRead(value, what, out var node)) return;
        if (SetMembers.Of(name, options) is { } member)
            throw new ArgumentException($"{what} says what ChatOptions.{member} says already: set one of them.", name);
        json.WritePropertyName(name);
        Write(json, node);
    }

    static void Write(Utf8JsonWriter json, JsonNode? node)
    {
        if (node is null) json.WriteNullValue();
        else node.WriteTo(json);
    }
}
