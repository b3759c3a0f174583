using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

/// <summary>What Qdrant's published OpenAPI document says of requests and responses (<c>openapi.json</c> names its source).</summary>
sealed class QdrantContract
{
    readonly JsonElement _document;
    readonly OpenApiSchema _schema;

    public QdrantContract()
    {
        using Stream file = typeof(QdrantContract).Assembly.GetManifestResourceStream("qdrant-openapi.json")!;
        using JsonDocument document = JsonDocument.Parse(file);
        _document = document.RootElement.Clone();
        _schema = new OpenApiSchema(_document);
    }

    /// <param name="path">With its query.</param>
    public string? RequestProblem(string method, string path, JsonNode? body)
    {
        if (Operation(method, path) is not { } operation)
            return $"there is no {method} {path}";
        string[] known = [.. operation.GetProperty("parameters").EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!)];
        if (HttpUtility.ParseQueryString(path.Split('?').ElementAtOrDefault(1) ?? "").AllKeys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            return $"there is no query parameter '{unknown}'";
        return operation.TryGetProperty("requestBody", out JsonElement content)
            ? _schema.Problem(body, SchemaOf(content))
            : body is null ? null : "it takes no body";
    }

    public string? ResponseProblem(string method, string path, JsonNode body) =>
        _schema.Problem(body, SchemaOf(Operation(method, path)!.Value.GetProperty("responses").GetProperty("200")));

    static JsonElement SchemaOf(JsonElement content) => content.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    JsonElement? Operation(string method, string path)
    {
        string[] parts = path.Split('?')[0].Trim('/').Split('/');
        if (parts.Length > 1)
            parts[1] = "{collection_name}";
        return _document.GetProperty("paths").TryGetProperty("/" + string.Join('/', parts), out JsonElement operations)
            && operations.TryGetProperty(method.ToLowerInvariant(), out JsonElement operation)
            ? operation
            : null;
    }
}
