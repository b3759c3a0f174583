using System.Text.Json;

namespace Orchestrator.Host.OpenAi;

/// <summary>
/// Reads the fields of one JSON object with errors that name the parameter and the allowed values.
/// <c>null</c> counts as absent, as in OpenAI's API.
/// </summary>
sealed class JsonFields(JsonElement element, string path)
{
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public bool Has(string name) => Find(name) is not null;

    public JsonElement? Find(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static bool IsEmptyObject(JsonElement value) => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any();

    /// <summary>Rejects fields outside <paramref name="known"/>, so that a misspelt option is never ignored.</summary>
    public void RejectUnknown(IReadOnlySet<string> known)
    {
        foreach (var property in element.EnumerateObject())
            if (!known.Contains(property.Name))
            {
                var param = ApiError.Shown(PathOf(property.Name));
                throw new ApiException(ApiError.Invalid($"Unrecognized request argument supplied: {param}", param, "unknown_parameter"));
            }
    }

    public string? String(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => throw WrongType(name, "a string", value),
    };

    public string RequiredString(string name) =>
        String(name) is { Length: > 0 } text
            ? text
            : throw Missing(name);

    public bool? Bool(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw WrongType(name, "a boolean", value),
    };

    public long? Integer(string name, long min, long max)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
            throw WrongType(name, "an integer", value);
        if (number < min || number > max)
            throw OutOfRange(name, value, $"an integer from {min} to {max}");
        return number;
    }

    public float? Number(string name, double min, double max)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
            throw WrongType(name, "a number", value);
        if (!(number >= min && number <= max))
            throw OutOfRange(name, value, $"a number from {min} to {max}");
        return (float)number;
    }

    public ApiException Missing(string name) => new(ApiError.Invalid(
        $"Missing required parameter: '{PathOf(name)}'.", PathOf(name), "missing_required_parameter"));

    public ApiException WrongType(string name, string expected, JsonElement value) => new(ApiError.Invalid(
        $"Invalid type for '{PathOf(name)}': expected {expected}, but got {Describe(value)} instead.",
        PathOf(name), "invalid_type"));

    public ApiException OutOfRange(string name, JsonElement value, string allowed) => new(ApiError.Invalid(
        $"Invalid value for '{PathOf(name)}': {ApiError.Shown(value.GetRawText())} is not {allowed}.", PathOf(name), "invalid_value"));

    static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
