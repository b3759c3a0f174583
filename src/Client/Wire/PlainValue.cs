using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Client.Wire;

/// <summary>Values of .NET that have one form in JSON, whatever serializer the caller uses: no contract is needed, and none is guessed.</summary>
static class PlainValue
{
    /// <summary>Of lists and dictionaries in one another; what is deeper may hold itself.</summary>
    const int Deepest = 16;

    /// <param name="what">The value's name in errors.</param>
    /// <param name="node">Null is JSON's null.</param>
    /// <returns>False for an object that has no such form.</returns>
    /// <exception cref="ArgumentException">It is of the right type, but JSON cannot say it.</exception>
    public static bool TryRead(object? value, string what, out JsonNode? node) => TryRead(value, what, 0, out node);

    static bool TryRead(object? value, string what, int depth, out JsonNode? node)
    {
        node = null;
        switch (value)
        {
            case null: return true;
            case JsonNode one: node = Of(one, ClientJson.Wire.JsonNode, what); return true;
            case JsonElement { ValueKind: JsonValueKind.Undefined }: throw new ArgumentException($"{what} is a JsonElement without a value.", what);
            case JsonElement one: node = Of(one, ClientJson.Wire.JsonElement, what); return true;
            case JsonDocument one: node = Of(one.RootElement, ClientJson.Wire.JsonElement, what); return true;
            case string or IFormattable or bool or char or Uri: return (node = Scalar(value, what)) is not null;
            case IDictionary fields: return depth < Deepest && TryReadFields(fields, what, depth + 1, out node);
            case IList or IEnumerable<string>: return depth < Deepest && TryReadItems((IEnumerable)value, what, depth + 1, out node);
            default: return false;
        }
    }

    static JsonNode? Of<T>(T value, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, type);
        }
        catch (Exception half) when (half is JsonException or InvalidOperationException)
        {
            // JSON can write "\ud800", which is no character.
            throw new ArgumentException($"{what} has a text of half a character.", what, half);
        }
    }

    static JsonValue? Scalar(object value, string what) => value switch
    {
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        char one => JsonValue.Create($"{one}"),
        sbyte or byte or short or ushort or int or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        uint or ulong => JsonValue.Create(Convert.ToUInt64(value, CultureInfo.InvariantCulture)),
        decimal number => JsonValue.Create(number),
        float number => float.IsFinite(number) ? JsonValue.Create(number) : throw NoNumber(number, what),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : throw NoNumber(number, what),
        Half number => Half.IsFinite(number) ? JsonValue.Create((float)number) : throw NoNumber((float)number, what),
        // ISO 8601, as everybody reads times.
        DateTime or DateTimeOffset or DateOnly or TimeOnly => JsonValue.Create(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture)),
        Enum or Guid or Uri => JsonValue.Create($"{value}"),
        _ => null,
    };

    static bool TryReadFields(IDictionary fields, string what, int depth, out JsonNode? node)
    {
        var read = new JsonObject();
        node = read;
        foreach (DictionaryEntry field in fields)
        {
            if (field.Key is not string name || !TryRead(field.Value, $"{what}.{name}", depth, out var value)) return false;
            read[name] = value;
        }

        return true;
    }

    static bool TryReadItems(IEnumerable items, string what, int depth, out JsonNode? node)
    {
        var read = new JsonArray();
        node = read;
        foreach (var item in items)
        {
            if (!TryRead(item, $"{what}[{read.Count}]", depth, out var value)) return false;
            read.Add(value);
        }

        return true;
    }

    static ArgumentException NoNumber(double number, string what) =>
        new($"{what} is {number.ToString(CultureInfo.InvariantCulture)}; JSON has finite numbers only.", what);
}
