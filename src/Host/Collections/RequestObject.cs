using System.Text.Json;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Host.Collections;

/// <summary>What bodies of requests to collections have in common.</summary>
static class RequestObject
{
    /// <summary>As long as an index takes.</summary>
    const int MostDimensions = 1 << 14;

    /// <exception cref="ApiException">It is no object, or has a field that is not known.</exception>
    public static JsonFields Of(JsonElement element, string path, IReadOnlySet<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new ApiException(path.Length == 0
                ? ApiError.Invalid("The request body must be a JSON object.")
                : ApiError.Invalid($"'{path}' must be a JSON object.", path, "invalid_type"));
        var fields = new JsonFields(element, path);
        fields.RejectUnknown(known);
        return fields;
    }

    /// <summary>The elements of an array with their paths; none where the field is absent.</summary>
    public static IEnumerable<(JsonElement Element, string Path)> Items(JsonFields fields, string name, int most)
    {
        if (fields.Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw fields.WrongType(name, "an array", value);
        if (value.GetArrayLength() > most)
            throw new ApiException(ApiError.Invalid(
                $"'{fields.PathOf(name)}' has {value.GetArrayLength()} items, at most {most} are allowed.", fields.PathOf(name), "invalid_value"));
        return value.EnumerateArray().Select((element, at) => (element, $"{fields.PathOf(name)}[{at}]"));
    }

    public static IReadOnlyDictionary<string, FieldValue> Metadata(JsonFields fields)
    {
        if (fields.Find("metadata") is not { } value) return Fields.None;
        try
        {
            return Fields.Accept(value);
        }
        catch (CollectionException wrong)
        {
            throw new ApiException(ApiError.Invalid(wrong.Message, fields.PathOf("metadata"), "invalid_value"));
        }
    }

    public static float[]? Vector(JsonFields fields, string name)
    {
        if (fields.Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number))
            throw fields.WrongType(name, "an array of numbers", value);
        return value.GetArrayLength() <= MostDimensions
            ? [.. value.EnumerateArray().Select(item => item.GetSingle())]
            : throw new ApiException(ApiError.Invalid(
                $"'{fields.PathOf(name)}' has {value.GetArrayLength()} numbers, at most {MostDimensions} are allowed.", fields.PathOf(name), "invalid_value"));
    }

    public static string Text(JsonElement element, string path, int longest)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw new ApiException(ApiError.Invalid($"Invalid type for '{path}': expected a string.", path, "invalid_type"));
        return Short(element.GetString()!, path, longest);
    }

    public static string Short(string text, string path, int longest) => text.Length <= longest
        ? text
        : throw new ApiException(ApiError.Invalid(
            $"'{path}' has {text.Length} characters, at most {longest} are allowed.", path, "invalid_value"));
}
