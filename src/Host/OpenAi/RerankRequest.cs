using System.Text.Json;

namespace Orchestrator.Host.OpenAi;

/// <summary>A valid request to order documents by a query, in the shape that llama.cpp and Jina share.</summary>
/// <param name="Model">Id of an expert that embeds, or <c>auto</c>.</param>
/// <param name="Top">Documents to return.</param>
/// <param name="ReturnDocuments">Whether their texts come back.</param>
sealed record RerankRequest(string Model, string Query, IReadOnlyList<string> Documents, int Top, bool ReturnDocuments)
{
    const int MostDocuments = 2048;

    internal static readonly HashSet<string> Known = ["model", "query", "documents", "top_n", "return_documents"];

    /// <exception cref="ApiException">400, naming the field that is wrong.</exception>
    public static RerankRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiException(ApiError.Invalid("The request body must be a JSON object."));
        var fields = new JsonFields(body, "");
        fields.RejectUnknown(Known);
        var documents = ReadDocuments(fields);
        return new RerankRequest(
            fields.RequiredString("model"), fields.RequiredString("query"), documents,
            (int)Math.Min(fields.Integer("top_n", 1, int.MaxValue) ?? documents.Length, documents.Length),
            fields.Bool("return_documents") ?? false);
    }

    static string[] ReadDocuments(JsonFields fields)
    {
        if (fields.Find("documents") is not { } value)
            throw new ApiException(ApiError.Invalid("Missing required parameter: 'documents'.", "documents", "missing_required_parameter"));
        if (value.ValueKind != JsonValueKind.Array) throw fields.WrongType("documents", "an array of strings", value);
        if (value.GetArrayLength() is 0 or > MostDocuments)
        {
            throw new ApiException(ApiError.Invalid(
                $"Invalid value for 'documents': it has {value.GetArrayLength()}, allowed are 1 to {MostDocuments}.", "documents", "invalid_value"));
        }

        return [.. value.EnumerateArray().Select((item, index) => Text(item) ?? throw new ApiException(ApiError.Invalid(
            $"Invalid value for 'documents[{index}]': expected a text that is not empty, or an object with one as 'text'.",
            $"documents[{index}]", "invalid_value")))];
    }

    static string? Text(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("text", out var text)) item = text;
        return item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } plain ? plain : null;
    }
}
