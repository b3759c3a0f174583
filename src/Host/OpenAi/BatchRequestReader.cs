using System.Text.Json;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Host.OpenAi;

/// <summary>Reads <c>POST /v1/batches</c>.</summary>
static class BatchRequestReader
{
    /// <summary>The one window that OpenAI has; how long a batch really may take is <c>jobs.expiry</c>.</summary>
    internal const string Window = "24h";

    const int MostMetadata = 16;
    const int LongestKey = 64;
    const int LongestValue = 512;

    internal static readonly HashSet<string> Known = ["input_file_id", "endpoint", "completion_window", "metadata"];

    public static BatchFacts Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiException(ApiError.Invalid("The request body must be a JSON object."));
        var fields = new JsonFields(body, "");
        fields.RejectUnknown(Known);
        return new BatchFacts
        {
            InputFile = fields.RequiredString("input_file_id"),
            Endpoint = One(fields, "endpoint", BatchLines.Endpoint),
            CompletionWindow = One(fields, "completion_window", Window),
            Metadata = Metadata(fields),
        };
    }

    static string One(JsonFields fields, string name, string only) => fields.RequiredString(name) is var given && given == only
        ? given
        : throw fields.OutOfRange(name, fields.Find(name)!.Value, $"'{only}', the only one there is");

    static Dictionary<string, string>? Metadata(JsonFields fields)
    {
        if (fields.Find("metadata") is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
            throw fields.WrongType("metadata", "an object of strings", value);
        var pairs = value.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal);
        return pairs.Count <= MostMetadata && pairs.All(pair => pair.Key.Length <= LongestKey && pair.Value.Length <= LongestValue)
            ? pairs
            : throw new ApiException(ApiError.Invalid(
                $"Invalid 'metadata': at most {MostMetadata} pairs are allowed, keys of {LongestKey} and values of {LongestValue} characters.",
                "metadata", "invalid_value"));
    }
}
