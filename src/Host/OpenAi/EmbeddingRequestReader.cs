using System.Text.Json;
using Orchestrator.Experts;
using Orchestrator.Experts.Embedding;

namespace Orchestrator.Host.OpenAi;

/// <summary>Reads <c>POST /v1/embeddings</c>: OpenAI's fields, and <c>input_type</c>, which others have.</summary>
static class EmbeddingRequestReader
{
    /// <summary>As OpenAI.</summary>
    public const int MostInputs = 2048;

    const int MostDimensions = 65_536;

    internal static readonly HashSet<string> Known = ["model", "input", "encoding_format", "dimensions", "input_type", "service_tier", "user"];

    /// <exception cref="ApiException">400, naming the field that is wrong.</exception>
    public static EmbeddingRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiException(ApiError.Invalid("The request body must be a JSON object."));
        var fields = new JsonFields(body, "");
        fields.RejectUnknown(Known);
        return new EmbeddingRequest
        {
            Model = fields.RequiredString("model"),
            Input = Texts(fields, "input"),
            Side = fields.String("input_type") switch
            {
                null => null,
                "query" => EmbeddedSide.Query,
                "document" => EmbeddedSide.Document,
                _ => throw fields.OutOfRange("input_type", fields.Find("input_type")!.Value, "one of query, document"),
            },
            Base64 = fields.String("encoding_format") switch
            {
                null or "float" => false,
                "base64" => true,
                _ => throw fields.OutOfRange("encoding_format", fields.Find("encoding_format")!.Value, "one of float, base64"),
            },
            Dimensions = (int?)fields.Integer("dimensions", 1, MostDimensions),
            Class = ServiceTier.Read(fields),
        };
    }

    static IReadOnlyList<string> Texts(JsonFields fields, string name)
    {
        var value = fields.Find(name) ?? throw Wrong($"Missing required parameter: '{name}'.", name, "missing_required_parameter");
        if (value.ValueKind == JsonValueKind.String) return [Text(value, name)];
        if (value.ValueKind != JsonValueKind.Array) throw fields.WrongType(name, "a string or an array of strings", value);
        var count = value.GetArrayLength();
        if (count is 0 or > MostInputs)
            throw Wrong($"Invalid value for '{name}': it has {count} texts, allowed are 1 to {MostInputs}.", name, "invalid_value");
        return [.. value.EnumerateArray().Select((item, index) => Text(item, $"{name}[{index}]"))];
    }

    static string Text(JsonElement item, string name) => item.ValueKind switch
    {
        JsonValueKind.String when item.GetString() is { Length: > 0 } text => text,
        JsonValueKind.String => throw Wrong($"Invalid value for '{name}': it is an empty text, which has no direction.", name, "invalid_value"),
        JsonValueKind.Number or JsonValueKind.Array => throw Wrong(
            $"'{name}' is not supported as tokens: they are of one model's vocabulary, and each expert has its own; send text.", name, "unsupported_parameter"),
        _ => throw Wrong($"Invalid type for '{name}': expected a string.", name, "invalid_type"),
    };

    static ApiException Wrong(string message, string param, string code) => new(ApiError.Invalid(message, param, code));
}
