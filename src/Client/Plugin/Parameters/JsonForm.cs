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
                null or JsonElement { ValueKind: JsonValueKind.Undefined } => default,
                // A copy: that of a document that is gone fails here, where its name is known.
                JsonElement element => element.Clone(),
                JsonDocument document => document.RootElement.Clone(),
                JsonNode node => JsonSerializer.SerializeToElement(node, PluginJson.Plain.JsonNode),
                _ => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
            };
        }
        catch (Exception)
        {
            // Its serializer throws what it likes, for NaN as for a stream, and so does a property that it reads.
            throw new ArgumentProblem($"The argument '{path}' is a {value!.GetType().Name} that has no form in JSON.");
        }
    }

    /// <param name="value">A string.</param>
    /// <exception cref="ArgumentProblem">It has half a character: JSON can write <c>"\ud800"</c>.</exception>
    public static string Text(JsonElement value, string path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ArgumentProblem.Wrong(path, value, "a text of whole characters");
        }
    }

    /// <summary>The object that is given, or that a text holds.</summary>
    /// <exception cref="ArgumentProblem">It is none, or a name or text in it has half a character.</exception>
    /// <param name="allowed">Told where it is none.</param>
    public static JsonElement Object(JsonElement value, string path, string allowed)
    {
        var given = Unwrapped(value, path);
        if (given.ValueKind != JsonValueKind.Object) throw ArgumentProblem.Wrong(path, value, allowed);
        try
        {
            using var nowhere = new Utf8JsonWriter(Stream.Null);
            given.WriteTo(nowhere);
            return given;
        }
        catch (Exception half) when (half is InvalidOperationException or ArgumentException)
        {
            throw ArgumentProblem.Wrong(path, value, $"{allowed}, of whole characters");
        }
    }

    /// <summary>The value that a text holds, such as <c>"5"</c> or <c>"[\"a\"]"</c>; anything else is itself.</summary>
    /// <exception cref="ArgumentProblem">As for a text.</exception>
    public static JsonElement Unwrapped(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String) return value;
        try
        {
            return JsonElement.Parse(Text(value, path));
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
