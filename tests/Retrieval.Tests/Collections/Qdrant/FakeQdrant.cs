using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

/// <summary>
/// A Qdrant server in memory. It refuses what the published document refuses, and its own answers are held against that too, so
/// that it cannot drift from what a real one says.
/// </summary>
sealed class FakeQdrant : HttpMessageHandler
{
    readonly QdrantContract _contract = new();
    readonly Lock _lock = new();

    public Dictionary<string, FakeQdrantCollection> Collections { get; } = new(StringComparer.Ordinal);

    /// <summary>Method and path of all requests, as they came.</summary>
    public List<string> Requests { get; } = [];

    public List<string?> Keys { get; } = [];

    /// <summary>Answers that are given instead, first to last; null answers as usual.</summary>
    public Queue<Func<HttpResponseMessage>?> Instead { get; } = new();

    /// <summary>As before version 1.16.</summary>
    public bool ForgetsMetadata { get; init; }

    /// <summary>What a change says of itself.</summary>
    public string ChangeStatus { get; set; } = "completed";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        JsonNode? body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        string path = request.RequestUri!.PathAndQuery.Replace("/proxied", "", StringComparison.Ordinal);
        lock (_lock)
        {
            Requests.Add($"{request.Method} {request.RequestUri.PathAndQuery}");
            Keys.Add(request.Headers.TryGetValues("api-key", out var keys) ? keys.Single() : null);
            if (Instead.TryDequeue(out var instead) && instead is not null)
                return instead();
            if (_contract.RequestProblem(request.Method.Method, path, body) is { } problem)
                return Error(HttpStatusCode.BadRequest, problem);
            return Answer(request.Method.Method, path, path.Split('?')[0].Trim('/').Split('/'), body);
        }
    }

    HttpResponseMessage Answer(string method, string path, string[] parts, JsonNode? body)
    {
        if (parts.Length == 1)
            return Ok(method, path, new JsonObject { ["collections"] = new JsonArray([.. Collections.Keys.Select(name => new JsonObject { ["name"] = name })]) });
        string name = parts[1];
        if (parts.Length == 2 && method == "PUT")
        {
            if (ForgetsMetadata)
                body!.AsObject().Remove("metadata");
            return Collections.TryAdd(name, new FakeQdrantCollection(body!.AsObject()))
                ? Ok(method, path, true)
                : Error(HttpStatusCode.Conflict, $"Wrong input: Collection `{name}` already exists!");
        }
        if (!Collections.TryGetValue(name, out FakeQdrantCollection? collection))
            return method == "DELETE" ? Ok(method, path, false) : Error(HttpStatusCode.NotFound, $"Not found: Collection `{name}` doesn't exist!");
        if (parts.Length == 2)
            return Ok(method, path, method == "GET" ? collection.Info() : Collections.Remove(name));
        try
        {
            JsonNode result = (method, parts.Length > 3 ? parts[3] : "") switch
            {
                ("PUT", "") => Changed(collection.Upsert(body!["points"]!.AsArray())),
                ("POST", "") => collection.Retrieve(body!),
                (_, "query") => collection.Query(body!),
                (_, "scroll") => collection.Scroll(body!),
                (_, "count") => new JsonObject { ["count"] = collection.Matching(body!["filter"]).Count() },
                (_, "delete") => Changed(collection.Delete(body!)),
                _ => throw new FormatException($"{method} {path}"),
            };
            return Ok(method, path, result);
        }
        catch (FormatException wrong)
        {
            return Error(HttpStatusCode.BadRequest, wrong.Message);
        }
    }

    JsonObject Changed(int operation) => new() { ["operation_id"] = operation, ["status"] = ChangeStatus };

    HttpResponseMessage Ok(string method, string path, JsonNode result)
    {
        var body = new JsonObject { ["result"] = result, ["status"] = "ok", ["time"] = 0.001 };
        if (_contract.ResponseProblem(method, path, body) is { } problem)
            throw new InvalidOperationException($"The fake's own answer to {method} {path} is wrong: {problem}");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
    }

    public static HttpResponseMessage Error(HttpStatusCode status, string why) => new(status)
    {
        Content = JsonContent.Create(new JsonObject { ["status"] = new JsonObject { ["error"] = why }, ["time"] = 0.001 }),
    };
}
