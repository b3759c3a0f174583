using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Wire;

/// <summary>A document's metadata as the flat object that the service takes.</summary>
static class Metadata
{
    const string Allowed = "allowed are texts, finite numbers, booleans, dates and lists of texts";

    /// <exception cref="ArgumentException">A value is of another kind; the message names its key, its type and what is allowed.</exception>
    public static JsonObject? Of(CollectionDocument document)
    {
        if (document.Metadata is not { Count: > 0 } metadata) return null;
        var fields = new JsonObject();
        foreach (var (key, value) in metadata)
        {
            var what = $"Metadata[\"{key}\"] of the document '{document.Id}'";
            if (!TryRead(value, what, out var node) || !IsFlat(node))
                throw new ArgumentException($"{what} is a {value!.GetType().Name}; {Allowed}.", key);
            fields[key] = node;
        }

        return fields;
    }

    static bool TryRead(object? value, string what, out JsonNode? node)
    {
        try
        {
            return PlainValue.TryRead(value, what, out node);
        }
        catch (ArgumentException wrong)
        {
            throw new ArgumentException($"{what} is {Named(value)}, which JSON cannot say; {Allowed}.", what, wrong);
        }
    }

    static string Named(object? value) => value is float or double or Half ? $"{value} ({value.GetType().Name})" : $"a {value?.GetType().Name}";

    static bool IsFlat(JsonNode? node) => node switch
    {
        null or JsonValue => true,
        JsonArray items => items.All(item => item?.GetValueKind() == JsonValueKind.String),
        _ => false,
    };
}
