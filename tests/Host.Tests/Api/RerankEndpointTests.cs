using System.Net;
using System.Text.Json;
using Orchestrator.Host.Tests.Retrieval;

namespace Orchestrator.Host.Tests.Api;

public sealed class RerankEndpointTests : IAsyncLifetime
{
    FakeService _service = null!;

    public async Task InitializeAsync() => _service = await EmbeddingService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("auto")]
    [InlineData("medicine")]
    public async Task Post_Documents_AreOrderedByTheRoutedQuery(string model)
    {
        using var reply = await PostAsync(
            $$"""{"model":"{{model}}","query":"a fever","documents":["a bond",{"text":"high fever"},"the rain","low fever"],"top_n":3,"return_documents":true}""");
        var json = await reply.ReadJsonAsync();

        Assert.Equal("medicine", json.GetProperty("model").GetString());
        Assert.Equal(EmbeddingService.Space, json.GetProperty("space").GetString());
        var results = json.GetProperty("results").EnumerateArray().ToArray();
        // Equal ones keep their order; a bond has less of the expert's second direction than the rain.
        Assert.Equal([1, 3, 2], results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.Equal(0.99245, results[0].GetProperty("relevance_score").GetDouble(), 4);
        Assert.Equal("high fever", results[0].GetProperty("document").GetProperty("text").GetString());
        Assert.Contains("embed base: doc: a bond|doc: high fever|doc: the rain|doc: low fever", _service.Loader.Events);
        Assert.Equal("medicine", reply.Headers.GetValues("x-orchestrator-expert").Single());
        Assert.True(json.GetProperty("usage").GetProperty("total_tokens").GetInt32() >= 14);
    }

    [Fact]
    public async Task Post_WithoutOptions_ReturnsAllWithoutTheirTexts()
    {
        using var reply = await PostAsync("""{"model":"base","query":"the rain","documents":["a bond","the rain"]}""");

        var results = (await reply.ReadJsonAsync()).GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal([1, 0], results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.All(results, result => Assert.False(result.TryGetProperty("document", out _)));
    }

    [Fact]
    public async Task Post_LongDocument_CountsByItsBeginning()
    {
        var documents = new[] { string.Join(' ', Enumerable.Repeat("rain", 90)) };
        using var document = await PostAsync(JsonSerializer.Serialize(new { model = "base", query = "rain", documents }));
        using var query = await PostAsync(JsonSerializer.Serialize(new { model = "base", query = documents[0], documents }));

        Assert.Equal(HttpStatusCode.OK, document.StatusCode);
        Assert.Equal("query", (await query.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("""{"query":"a","documents":["b"]}""", "model")]
    [InlineData("""{"model":"base","documents":["b"]}""", "query")]
    [InlineData("""{"model":"base","query":"a"}""", "documents")]
    [InlineData("""{"model":"base","query":"a","documents":[]}""", "documents")]
    [InlineData("""{"model":"base","query":"a","documents":"b"}""", "documents")]
    [InlineData("""{"model":"base","query":"a","documents":["b",{"txt":"c"}]}""", "documents[1]")]
    [InlineData("""{"model":"base","query":"a","documents":["b"],"top_n":0}""", "top_n")]
    [InlineData("""{"model":"answers","query":"a","documents":["b"]}""", "model")]
    [InlineData("""{"model":"base","query":"a","documents":["b"],"max_chunks_per_doc":2}""", "max_chunks_per_doc")]
    public async Task Post_BadRequest_NamesTheField(string body, string param)
    {
        using var reply = await PostAsync(body);

        Assert.Equal(param, (await reply.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("param").GetString());
    }

    Task<HttpResponseMessage> PostAsync(string body) => _service.Http.PostAsync("/v1/rerank", ChatCalls.Json(body));
}
