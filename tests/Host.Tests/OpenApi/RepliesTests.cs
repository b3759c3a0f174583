using System.Net;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Host.Tests.OpenApi;

/// <summary>Replies of the real service are as the description says: their status, their headers, their type and their schema.</summary>
public sealed class RepliesTests(DescribedService service) : IClassFixture<DescribedService>
{
    HttpClient Http => service.Http;

    [Theory]
    [InlineData("/v1/models", "/v1/models")]
    [InlineData("/v1/models/{id}", "/v1/models/answers")]
    [InlineData("/v1/models/{id}", "/v1/models/base")]
    [InlineData("/v1/models/{id}", "/v1/models/auto")]
    [InlineData("/v1/files", "/v1/files?limit=1")]
    [InlineData("/v1/batches", "/v1/batches")]
    [InlineData("/v1/collections", "/v1/collections")]
    [InlineData("/running", "/running")]
    [InlineData("/health", "/health")]
    [InlineData("/ready", "/ready")]
    [InlineData("/metrics", "/metrics")]
    public Task Get_Reply_IsAsDescribed(string path, string address) => CheckAsync(HttpMethod.Get, path, address, HttpStatusCode.OK);

    [Theory]
    [InlineData("/v1/models/{id}", "/v1/models/nobody")]
    [InlineData("/v1/files/{id}", "/v1/files/none")]
    [InlineData("/v1/files/{id}/content", "/v1/files/none/content")]
    [InlineData("/v1/batches/{id}", "/v1/batches/none")]
    [InlineData("/v1/collections/{name}", "/v1/collections/none")]
    [InlineData("/v1/collections/{name}/documents", "/v1/collections/none/documents")]
    [InlineData("/v1/collections/{name}/documents/{id}", "/v1/collections/none/documents/1")]
    public Task Get_OfNothing_IsRefusedAsDescribed(string path, string address) => CheckAsync(HttpMethod.Get, path, address, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/route")]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/rerank")]
    [InlineData("/v1/evaluations")]
    [InlineData("/v1/feedback")]
    [InlineData("/v1/batches")]
    [InlineData("/v1/collections")]
    [InlineData("/models/load")]
    [InlineData("/models/unload")]
    public Task Post_OfNoJson_IsRefusedAsDescribed(string path) => CheckAsync(HttpMethod.Post, path, path, HttpStatusCode.BadRequest, "{");

    [Theory]
    [InlineData("/v1/chat/completions", """{"model": "answers", "messages": [{"role": "user", "content": "go"}]}""")]
    [InlineData("/v1/route", """{"model": "auto", "messages": [{"role": "user", "content": "go"}]}""")]
    [InlineData("/v1/route", """{"model": "answers", "messages": [{"role": "user", "content": "go"}]}""")]
    [InlineData("/v1/embeddings", """{"model": "base", "input": "rain"}""")]
    [InlineData("/v1/embeddings", """{"model": "auto", "input": ["fever", "bond"], "encoding_format": "base64"}""")]
    [InlineData("/v1/rerank", """{"model": "auto", "query": "fever", "documents": ["rain", "fever"], "return_documents": true}""")]
    [InlineData("/v1/evaluations", """{"model": "answers", "questions": [{"question": "q", "reference": "answers"}, {"question": "q", "reference": "x"}]}""")]
    [InlineData("/models/load", """{"model": "answers"}""")]
    [InlineData("/models/unload", """{"model": "other"}""")]
    [InlineData("/reload", "")]
    public Task Post_Reply_IsAsDescribed(string path, string body) => CheckAsync(HttpMethod.Post, path, path, HttpStatusCode.OK, body);

    [Fact]
    public async Task Post_Stream_HasChunksAsDescribed()
    {
        var plain = await EventsAsync("""{"model": "answers", "messages": [{"role": "user", "content": "go"}], "stream": true}""");
        var counted = await EventsAsync(
            """{"model": "answers", "messages": [{"role": "user", "content": "go"}], "stream": true, "stream_options": {"include_usage": true}}""");

        var schema = Response("/v1/chat/completions", "post", 200).GetProperty("content").GetProperty("text/event-stream").GetProperty("schema");
        Assert.All(plain.Concat(counted), chunk => Assert.Empty(new SchemaCheck(service.Document).Problems(schema, chunk)));
        Assert.True(plain.Count > 1 && counted.Count > plain.Count);
    }

    [Fact]
    public async Task Collections_Replies_AreAsDescribed()
    {
        await CheckAsync(HttpMethod.Post, "/v1/collections", "/v1/collections", HttpStatusCode.OK, """{"name": "notes", "metadata": {"of": "me", "n": 1, "b": true, "l": ["x"]}}""");
        await CheckAsync(HttpMethod.Post, "/v1/collections", "/v1/collections", HttpStatusCode.Conflict, """{"name": "notes"}""");
        const string Documents = "/v1/collections/{name}/documents";
        var two = """{"documents": [{"id": "1", "text": "fever", "metadata": {"n": 1}}, {"id": "2", "text": "rain"}]}""";
        await CheckAsync(HttpMethod.Post, Documents, "/v1/collections/notes/documents", HttpStatusCode.OK, two);
        await CheckAsync(HttpMethod.Put, Documents, "/v1/collections/notes/documents", HttpStatusCode.OK, two);
        await CheckAsync(HttpMethod.Get, "/v1/collections", "/v1/collections", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/v1/collections/{name}", "/v1/collections/notes", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, Documents, "/v1/collections/notes/documents?include=embedding&limit=1", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, $"{Documents}/{{id}}", "/v1/collections/notes/documents/1", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Post, "/v1/collections/{name}/query", "/v1/collections/notes/query", HttpStatusCode.OK, """{"query": "fever", "include": ["text", "metadata", "embedding"]}""");
        await CheckAsync(HttpMethod.Post, "/v1/collections/{name}/query", "/v1/collections/notes/query", HttpStatusCode.OK, """{"query": "fever", "mode": "lexical", "include": []}""");
        // As an importer for agents sends it, which leaves no described object out.
        await CheckAsync(HttpMethod.Post, "/v1/collections/{name}/query", "/v1/collections/notes/query", HttpStatusCode.OK, """{"query": "fever", "filter": {}, "weights": {}}""");
        await CheckAsync(HttpMethod.Delete, $"{Documents}/{{id}}", "/v1/collections/notes/documents/1", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Post, $"{Documents}/delete", "/v1/collections/notes/documents/delete", HttpStatusCode.OK, """{"ids": ["2"], "filter": {}}""");
        await CheckAsync(HttpMethod.Delete, "/v1/collections/{name}", "/v1/collections/notes", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Jobs_Replies_AreAsDescribed()
    {
        using var uploaded = await Http.UploadAsync(BatchCalls.Line("1", "answers"));
        var file = (await CheckAsync("/v1/files", uploaded)).GetProperty("id").GetString()!;
        await CheckAsync(HttpMethod.Get, "/v1/files", "/v1/files", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/v1/files/{id}", $"/v1/files/{file}", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/v1/files/{id}/content", $"/v1/files/{file}/content", HttpStatusCode.OK);
        using var created = await Http.CreateBatchAsync(file, ""","metadata":{"a":"b"}""");
        var batch = (await CheckAsync("/v1/batches", created)).GetProperty("id").GetString()!;
        await Http.EndedAsync(batch);
        await CheckAsync(HttpMethod.Get, "/v1/batches", "/v1/batches", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/v1/batches/{id}", $"/v1/batches/{batch}", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Post, "/v1/batches/{id}/cancel", $"/v1/batches/{batch}/cancel", HttpStatusCode.OK, "");
        await CheckAsync(HttpMethod.Delete, "/v1/files/{id}", $"/v1/files/{file}", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Batch_OfAFileThatIsWrong_IsAsDescribed()
    {
        var batch = await Http.CreatedAsync("this is no request");
        await Http.EndedAsync(batch);

        var reply = await CheckAsync(HttpMethod.Get, "/v1/batches/{id}", $"/v1/batches/{batch}", HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Object, reply.GetProperty("errors").ValueKind);
    }

    [Fact]
    public async Task Feedback_Reply_IsAsDescribed()
    {
        using var answer = await Http.ChatAsync("answers", "go");
        var id = (await answer.ReadJsonAsync()).GetProperty("id").GetString();

        await CheckAsync(HttpMethod.Post, "/v1/feedback", "/v1/feedback", HttpStatusCode.OK, $$"""{"request_id": "{{id}}", "experts": {}, "score": 1}""");
    }

    async Task<JsonElement> CheckAsync(HttpMethod method, string path, string address, HttpStatusCode status, string? body = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await Http.SendAsync(request);
        Assert.True(reply.StatusCode == status, $"{reply.StatusCode}: {await reply.Content.ReadAsStringAsync()}");
        return await CheckAsync(path, reply);
    }

    /// <returns>The JSON of the reply; undefined where it has none.</returns>
    async Task<JsonElement> CheckAsync(string path, HttpResponseMessage reply)
    {
        var text = await reply.Content.ReadAsStringAsync();
        var described = Response(path, reply.RequestMessage!.Method.Method.ToLowerInvariant(), (int)reply.StatusCode);
        foreach (var header in reply.Headers.Select(header => header.Key).Where(IsOurs))
            Assert.Contains(header, described.GetProperty("headers").EnumerateObject().Select(known => known.Name), StringComparer.OrdinalIgnoreCase);
        var type = reply.Content.Headers.ContentType!.MediaType!;
        Assert.True(described.GetProperty("content").TryGetProperty(type, out var content), $"{path}: {type} is not described");
        if (type != "application/json") return default;
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Empty(new SchemaCheck(service.Document).Problems(content.GetProperty("schema"), json));
        return json;
    }

    JsonElement Response(string path, string method, int status)
    {
        var (_, _, operation) = service.Operations.Single(one => one.Path == path && one.Method == method);
        Assert.True(operation.GetProperty("responses").TryGetProperty($"{status}", out var response), $"{method} {path}: {status} is not described");
        return new SchemaCheck(service.Document).Resolved(response);
    }

    static bool IsOurs(string header) => header.StartsWith("x-", StringComparison.OrdinalIgnoreCase) || header is "Retry-After" or "WWW-Authenticate";

    async Task<List<JsonElement>> EventsAsync(string body)
    {
        using var reply = await Http.PostAsync("/v1/chat/completions", ChatCalls.Json(body));
        return [.. (await reply.ReadEventsAsync()).Where(json => json != "[DONE]").Select(json => JsonDocument.Parse(json).RootElement)];
    }
}
