using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Experts;

namespace Orchestrator.Retrieval.Collections.Documents;

/// <summary>Metadata: a flat JSON object.</summary>
public static class Fields
{
    public const int MostFields = 64;
    public const int LongestName = 64;

    /// <summary>Beyond it, and its negative, doubles no longer tell whole numbers apart: another would be kept than was given.</summary>
    public const long LargestWhole = (1L << 53) - 1;

    static readonly string TooLarge = $"a whole number must be within ±{LargestWhole}, or it would be changed; send a larger one as a string";
    static readonly string TooGreat = $"a number must be within ±{double.MaxValue.ToString(CultureInfo.InvariantCulture)}";

    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyDictionary<string, FieldValue> None { get; } = FrozenDictionary<string, FieldValue>.Empty;

    /// <summary>Names are parts of paths in filters.</summary>
    public static bool IsName(string name) =>
        name is { Length: >= 1 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Why a number cannot be kept as it is written; null when it can. What has a point or an exponent is a measurement, which is rounded.</summary>
    public static string? Refusal(JsonElement number)
    {
        double value = number.GetDouble();
        if (Math.Abs(value) > LargestWhole && !number.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')) return TooLarge;
        return double.IsFinite(value) ? null : TooGreat;
    }

    /// <summary>What a caller brings, in which no number may be changed; <see cref="Read"/> takes what was stored.</summary>
    /// <exception cref="CollectionException">As there, or a number cannot be kept.</exception>
    public static IReadOnlyDictionary<string, FieldValue> Accept(JsonElement json)
    {
        IReadOnlyDictionary<string, FieldValue> fields = Read(json);
        foreach (JsonProperty property in json.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Number))
            if (Refusal(property.Value) is { } refusal)
                throw Refused(property.Name, refusal);
        return fields;
    }

    /// <exception cref="CollectionException">It is no flat object; the message names what is wrong and what is allowed.</exception>
    public static IReadOnlyDictionary<string, FieldValue> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Invalid("it must be a JSON object");
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!IsName(property.Name))
                throw Invalid($"a name must be 1 to {LongestName} letters a-z, A-Z, digits, '-' and '_', and '{Excerpt.Of(property.Name, LongestName)}' is not");
            // null is the absence of a value, as it is for filters.
            if (property.Value.ValueKind != JsonValueKind.Null)
                fields[property.Name] = Value(property.Name, property.Value);
        }
        return fields.Count switch
        {
            0 => None,
            > MostFields => throw Invalid($"it has {fields.Count} fields, at most {MostFields} are allowed"),
            _ => fields,
        };
    }

    /// <summary>As one line of JSON.</summary>
    public static string Write(IReadOnlyDictionary<string, FieldValue> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, Relaxed))
            Write(writer, fields);
        return System.Text.Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, FieldValue> fields)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(fields);
        writer.WriteStartObject();
        foreach ((string name, FieldValue value) in fields)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, FieldValue value)
    {
        switch (value)
        {
            case FieldValue.Text text:
                writer.WriteStringValue(text.Value);
                break;
            // 1960 and not 1960.0: a filter on whole numbers compares them as such.
            case FieldValue.Number { Value: var number } when Math.Abs(number) <= LargestWhole && Math.Truncate(number) == number:
                writer.WriteNumberValue((long)number);
                break;
            case FieldValue.Number number:
                writer.WriteNumberValue(number.Value);
                break;
            case FieldValue.Flag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case FieldValue.Texts texts:
                writer.WriteStartArray();
                foreach (string text in texts.Values)
                    writer.WriteStringValue(text);
                writer.WriteEndArray();
                break;
        }
    }

    static FieldValue Value(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new FieldValue.Text(value.GetString()!),
        JsonValueKind.Number => double.IsFinite(value.GetDouble()) ? new FieldValue.Number(value.GetDouble()) : throw Refused(name, TooGreat),
        JsonValueKind.True or JsonValueKind.False => new FieldValue.Flag(value.GetBoolean()),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            new FieldValue.Texts([.. value.EnumerateArray().Select(item => item.GetString()!)]),
        _ => throw Invalid($"'{name}' must be a string, a number, a boolean or an array of strings"),
    };

    static CollectionException Refused(string name, string why) => Invalid($"'{name}' cannot be kept: {why}");

    static CollectionException Invalid(string why) => new(CollectionFailure.Invalid, $"Invalid metadata: {why}.");
}
