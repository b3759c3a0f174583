using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Trial;
using Orchestrator.Retrieval.Collections;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Collections;

public sealed class CollectionsEndpointsTests : IAsyncLifetime
{
    const string Papers =
        """
        {"documents": [
          {"id": "a", "text": "boundary layer on a flat plate", "metadata": {"year": 1958, "tags": ["flow"]}},
          {"id": "b", "text": "supersonic flow past a wing", "metadata": {"year": 1962}},
          {"id": "c c/ü", "text": "heat transfer in a laminar boundary layer"}]}
        """;

    readonly TemporaryFolder _folder = new();
    readonly FakeEncoder _encoder = new();
    ZooService _service = null!;

    HttpClient Http => _service.Http;

    public Task InitializeAsync() => StartAsync(_encoder);

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Collection_FromCreationToDeletion_IsShown()
    {
        JsonElement made = await Http.DoneAsync("", """{"name": "papers", "metadata": {"owner": "tunnel"}}""");
        JsonElement upserted = await Http.DoneAsync("/papers/documents", Papers);
        JsonElement one = await Http.FindAsync("/papers");
        JsonElement list = await Http.FindAsync("");

        Assert.Equal(("collection", "papers", "encoder", FakeEncoder.Space), (made.Text("object"), made.Text("name"), made.Text("model"), made.Text("space")));
        Assert.Equal((64, 0, "tunnel"), (made.GetProperty("dimensions").GetInt32(), made.GetProperty("documents").GetInt32(), made.GetProperty("metadata").Text("owner")));
        Assert.Equal((3, 18), (upserted.GetProperty("upserted").GetInt32(), upserted.GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.Equal(3, one.GetProperty("documents").GetInt32());
        Assert.Equal("papers", Assert.Single(list.GetProperty("data").EnumerateArray()).Text("name"));

        using HttpResponseMessage deleted = await Http.DeleteAsync("/v1/collections/papers");
        using HttpResponseMessage gone = await Http.GetAsync("/v1/collections/papers");
        Assert.True((await deleted.ReadJsonAsync()).GetProperty("deleted").GetBoolean());
        Assert.Equal("collection_not_found", (await gone.ReadErrorAsync(HttpStatusCode.NotFound)).Text("code"));
    }

    [Fact]
    public async Task Document_IdWithSlashAndItsEncodedTwin_AreTwo()
    {
        await Http.DoneAsync("", """{"name": "papers"}""");
        await Http.DoneAsync("/papers/documents", """{"documents": [{"id": "a/b", "text": "one"}, {"id": "a%2Fb", "text": "two"}]}""");

        using HttpResponseMessage deleted = await Http.DeleteAsync("/v1/collections/papers/documents/a%2Fb");

        Assert.Equal("a/b", (await deleted.ReadJsonAsync()).Text("id"));
        Assert.Equal("two", (await Http.FindAsync("/papers/documents/a%252Fb")).Text("text"));
        using HttpResponseMessage gone = await Http.GetAsync("/v1/collections/papers/documents/a/b");
        Assert.Equal("document_not_found", (await gone.ReadErrorAsync(HttpStatusCode.NotFound)).Text("code"));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\\u0000b")]
    public async Task Upsert_IdThatNoAddressCanName_IsRefused(string id)
    {
        await Http.DoneAsync("", """{"name": "papers"}""");

        JsonElement error = await Http.RefusedAsync(
            "/papers/documents", $$"""{"documents": [{"id": "{{id}}", "text": "x"}]}""", HttpStatusCode.BadRequest);

        Assert.Contains("neither '.' nor '..'", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteMany_FilterWithoutConditions_IsRefused()
    {
        await FilledAsync();

        await Http.RefusedAsync("/papers/documents/delete", """{"filter": {"must": []}}""", HttpStatusCode.BadRequest);

        Assert.Equal(3, (await Http.FindAsync("/papers")).GetProperty("documents").GetInt32());
    }

    [Fact]
    public async Task Query_Hybrid_ShowsPlacesTextMetadataAndRoute()
    {
        await FilledAsync();

        JsonElement reply = await Http.DoneAsync("/papers/query", """{"query": "laminar boundary layers", "top_k": 2}""");

        Assert.Equal(["c c/ü", "a"], reply.Ids());
        Assert.Equal("hybrid", reply.Text("mode"));
        JsonElement first = reply.GetProperty("results")[0], second = reply.GetProperty("results")[1];
        Assert.Equal((1, 1), (first.GetProperty("ranks").GetProperty("dense").GetInt32(), first.GetProperty("ranks").GetProperty("lexical").GetInt32()));
        Assert.Equal(2.0 / 61, first.GetProperty("score").GetDouble(), 6);
        Assert.Equal(("boundary layer on a flat plate", 1958), (second.Text("text"), second.GetProperty("metadata").GetProperty("year").GetInt32()));
        Assert.False(first.TryGetProperty("embedding", out _));
        JsonElement route = reply.GetProperty("route");
        Assert.Equal(("specialist", FakeEncoder.Space, "It was told so."), (route.Text("expert"), route.Text("space"), route.GetProperty("reasons")[0].GetString()));
    }

    [Theory]
    [InlineData("""{"query": "wing", "mode": "lexical"}""", "b")]
    [InlineData("""{"query": "plate", "mode": "dense", "top_k": 1, "model": "encoder"}""", "a")]
    [InlineData("""{"query": "flow layer", "filter": {"must": [{"key": "year", "range": {"gte": 1960}}]}}""", "b")]
    [InlineData("""{"query": "flow layer", "filter": {"must_not": [{"key": "tags", "match": {"any": ["flow", "x"]}}, {"key": "year", "match": {"value": 1962}}]}}""", "c c/ü")]
    [InlineData("""{"query": "wing plate", "weights": {"dense": 0, "lexical": 1}, "filter": {"should": [{"key": "tags", "match": {"value": "flow"}}]}}""", "a")]
    public async Task Query_ModesAndFilters_Find(string query, string ids)
    {
        await FilledAsync();

        Assert.Equal([ids], (await Http.DoneAsync("/papers/query", query)).Ids());
    }

    [Fact]
    public async Task Query_Embedding_NeedsNoModelAndIsGivenBack()
    {
        await FilledAsync();
        string vector = JsonSerializer.Serialize(FakeEncoder.Embed("supersonic flow past a wing"));

        JsonElement reply = await Http.DoneAsync(
            "/papers/query", $$"""{"embedding": {{vector}}, "space": "{{FakeEncoder.Space}}", "top_k": 1, "include": ["embedding"]}""");

        JsonElement first = reply.GetProperty("results")[0];
        Assert.Equal(["b"], reply.Ids());
        Assert.Equal(1, first.GetProperty("score").GetDouble(), 5);
        Assert.Equal(64, first.GetProperty("embedding").GetArrayLength());
        Assert.False(first.TryGetProperty("text", out _));
        Assert.False(reply.TryGetProperty("route", out _));
    }

    [Fact]
    public async Task Spaces_OfOtherModels_Are409AndNameBoth()
    {
        await FilledAsync();
        string vector = JsonSerializer.Serialize(FakeEncoder.Embed("x"));

        foreach ((string path, string body) in new[]
        {
            ("/papers/query", $$"""{"embedding": {{vector}}, "space": "other@ffffffffffff"}"""),
            ("/papers/documents", $$"""{"documents": [{"id": "x", "text": "x", "embedding": {{vector}}}, {"id": "y", "text": "y"}], "space": "other@ffffffffffff"}"""),
        })
        {
            JsonElement error = await Http.RefusedAsync(path, body, HttpStatusCode.Conflict);
            Assert.Equal("other_space", error.Text("code"));
            Assert.Contains(FakeEncoder.Space, error.Text("message"), StringComparison.Ordinal);
            Assert.Contains("other@ffffffffffff", error.Text("message"), StringComparison.Ordinal);
        }

        _encoder.SpaceNow = "encoder@eeeeeeeeeeee";
        await Http.RefusedAsync("/papers/query", """{"query": "x"}""", HttpStatusCode.Conflict);
        await Http.RefusedAsync("/papers/documents", """{"documents": [{"id": "x", "text": "x"}]}""", HttpStatusCode.Conflict);
        Assert.Equal(3, (await Http.FindAsync("/papers")).GetProperty("documents").GetInt32());
        Assert.Equal(["b"], (await Http.DoneAsync("/papers/query", """{"query": "wing", "mode": "lexical"}""")).Ids());
    }

    [Fact]
    public async Task Documents_AreListedFetchedAndDeleted()
    {
        await FilledAsync();
        string odd = Uri.EscapeDataString("c c/ü");

        JsonElement page = await Http.FindAsync("/papers/documents?limit=2");
        JsonElement rest = await Http.FindAsync($"/papers/documents?limit=2&after={Uri.EscapeDataString(page.Text("last_id"))}");
        JsonElement chosen = await Http.FindAsync($"/papers/documents?id={odd}&id=missing&id=a&include=embedding");
        JsonElement one = await Http.FindAsync("/papers/documents/a");

        Assert.True(page.GetProperty("has_more").GetBoolean());
        Assert.False(rest.GetProperty("has_more").GetBoolean());
        Assert.Equal(3, page.Ids("data").Concat(rest.Ids("data")).Distinct().Count());
        Assert.Equal(["c c/ü", "a"], chosen.Ids("data"));
        Assert.Equal(64, chosen.GetProperty("data")[0].GetProperty("embedding").GetArrayLength());
        Assert.Equal("flow", one.GetProperty("metadata").GetProperty("tags")[0].GetString());

        using HttpResponseMessage deleted = await Http.DeleteAsync("/v1/collections/papers/documents/a");
        using HttpResponseMessage again = await Http.DeleteAsync("/v1/collections/papers/documents/a");
        Assert.True(deleted.IsSuccessStatusCode);
        Assert.Equal("document_not_found", (await again.ReadErrorAsync(HttpStatusCode.NotFound)).Text("code"));
        Assert.Equal(1, (await Http.DoneAsync("/papers/documents/delete", """{"filter": {"must": [{"key": "year", "range": {"gt": 0}}]}}""")).GetProperty("deleted").GetInt64());
        Assert.Equal(1, (await Http.DoneAsync("/papers/documents/delete", """{"ids": ["c c/ü", "a"]}""")).GetProperty("deleted").GetInt64());
        Assert.Equal(0, (await Http.FindAsync("/papers")).GetProperty("documents").GetInt32());
    }

    [Theory]
    [InlineData("", """{"name": "a b"}""", null)]
    [InlineData("", """{"nam": "a"}""", "nam")]
    [InlineData("", "{}", "name")]
    [InlineData("", "[]", null)]
    [InlineData("", """{"name": "n", "metadata": {"a": {"b": 1}}}""", "metadata")]
    [InlineData("", """{"name": "n", "metadata": {"owner": 1234567890123456789}}""", "metadata", "as a string")]
    [InlineData("/papers/documents", "{}", "documents")]
    [InlineData("/papers/documents", """{"documents": []}""", "documents")]
    [InlineData("/papers/documents", """{"documents": [{"id": "x"}]}""", "documents[0].text")]
    [InlineData("/papers/documents", """{"documents": [{"text": "x"}]}""", "documents[0].id")]
    [InlineData("/papers/documents", """{"documents": [{"id": "x", "text": "x"}, 7]}""", "documents[1]")]
    [InlineData("/papers/documents", """{"documents": [{"id": "x", "text": "x", "metadata": {"a": [1]}}]}""", "documents[0].metadata")]
    [InlineData("/papers/documents", """{"documents": [{"id": "x", "text": "x"}, {"id": "x", "text": "y"}]}""", null)]
    [InlineData("/papers/documents", """{"documents": [{"id": "x", "text": "x", "embedding": [1, 2]}]}""", "space")]
    [InlineData("/papers/documents", """{"documents": [{"id": "x", "text": "x", "embedding": [1, 2]}], "space": "encoder@0123456789ab"}""", null)]
    [InlineData("/papers/documents", """{"documents": [{"id": "x", "text": "x", "embedding": ["1"]}], "space": "s"}""", "documents[0].embedding")]
    [InlineData("/papers/documents", """{"documents": [{"id": "x", "text": "x", "metadata": {"owner": 1234567890123456789}}]}""", "documents[0].metadata", "as a string")]
    [InlineData("/papers/query", "{}", "query")]
    [InlineData("/papers/query", """{"query": ""}""", "query")]
    [InlineData("/papers/query", """{"query": "x", "mode": "fuzzy"}""", "mode")]
    [InlineData("/papers/query", """{"query": "x", "top_k": 0}""", "top_k")]
    [InlineData("/papers/query", """{"query": "x", "top_k": 1001}""", "top_k")]
    [InlineData("/papers/query", """{"query": "x", "include": ["vector"]}""", "include")]
    [InlineData("/papers/query", """{"query": "x", "weights": {"dense": -1}}""", "weights.dense")]
    [InlineData("/papers/query", """{"embedding": [1], "space": "s", "mode": "hybrid"}""", "query")]
    [InlineData("/papers/query", """{"query": "x", "filter": []}""", "filter")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a"}]}}""", "filter.must[0]")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a.b", "match": {"value": 1}}]}}""", "filter.must[0].key")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a", "match": {"value": 1.5}}]}}""", "filter.must[0].match.value")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a", "match": {"value": 1234567890123456788}}]}}""", "filter.must[0].match.value", "as a string")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a", "match": {"value": 1e17}}]}}""", "filter.must[0].match.value", "'range'")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"should": [{"key": "a", "match": {"any": ["x", 1]}}]}}""", "filter.should[0].match.any")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a", "range": {"gte": 1e400}}]}}""", "filter.must[0].range.gte", "1.79")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a", "range": {"lt": -9007199254740992}}]}}""", "filter.must[0].range.lt", "as a string")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must_not": [{"key": "a", "range": {}}]}}""", "filter.must_not[0].range.gte")]
    [InlineData("/papers/query", """{"query": "x", "filter": {"must": [{"key": "a", "range": {"gte": "1"}}]}}""", "filter.must[0].range.gte")]
    [InlineData("/papers/documents/delete", "{}", "ids")]
    [InlineData("/papers/documents/delete", """{"ids": [1]}""", "ids[0]")]
    public async Task Requests_Wrong_AreRefusedAndNameThePlace(string path, string body, string? param, string word = "")
    {
        await FilledAsync();

        JsonElement error = await Http.RefusedAsync(path, body, HttpStatusCode.BadRequest);

        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Contains(word, error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(3, (await Http.FindAsync("/papers")).GetProperty("documents").GetInt32());
    }

    [Theory]
    [InlineData("/papers/documents", "documents", """{"id": "@", "text": "x"}""")]
    [InlineData("/papers/documents/delete", "ids", "\"@\"")]
    public async Task Requests_TooManyItems_AreRefused(string path, string list, string item)
    {
        await FilledAsync();
        string items = string.Join(',', Enumerable.Range(0, 1001).Select(i => item.Replace("@", $"{i}", StringComparison.Ordinal)));

        JsonElement error = await Http.RefusedAsync(path, $$"""{"{{list}}": [{{items}}]}""", HttpStatusCode.BadRequest);

        Assert.Contains("1000", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Twice_Is409()
    {
        await FilledAsync();

        Assert.Equal("collection_exists", (await Http.RefusedAsync("", """{"name": "papers"}""", HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task Service_WithoutEmbeddingExpert_SearchesByWordsAndSaysWhatIsMissing()
    {
        await FilledAsync();
        await _service.DisposeAsync();
        await StartAsync(encoder: null);

        Assert.Equal(["b"], (await Http.DoneAsync("/papers/query", """{"query": "wing", "mode": "lexical"}""")).Ids());
        Assert.Contains("no expert of this service embeds", (await Http.RefusedAsync("/papers/query", """{"query": "wing"}""", HttpStatusCode.NotFound)).Text("message"), StringComparison.Ordinal);
        Assert.Equal("no_embedding_expert", (await Http.RefusedAsync("", """{"name": "other"}""", HttpStatusCode.BadRequest)).Text("code"));
    }

    [Theory]
    [InlineData("", "{\"name\": \"other\"}")]
    [InlineData("/papers/documents", Papers)]
    [InlineData("/papers/query", "{\"query\": \"wing\"}")]
    public async Task Post_EncoderThatHangs_Is504AndChangesNothing(string path, string body)
    {
        await Http.DoneAsync("", "{\"name\": \"papers\"}");
        await _service.DisposeAsync();
        await StartAsync(new FakeEncoder { Hangs = true }, "server: { request_timeout: 1s }\n");

        Assert.Equal("timeout", (await Http.RefusedAsync(path, body, HttpStatusCode.GatewayTimeout)).Text("code"));

        JsonElement only = Assert.Single((await Http.FindAsync("")).GetProperty("data").EnumerateArray());
        Assert.Equal(("papers", 0), (only.Text("name"), only.GetProperty("documents").GetInt32()));
    }

    [Fact]
    public async Task Collections_FolderThatCannotBeUsed_Are503AndTheServiceServes()
    {
        await File.WriteAllTextAsync(_folder.File("collections"), "a file where the folder should be");

        JsonElement error = await Http.RefusedAsync("", """{"name": "papers"}""", HttpStatusCode.ServiceUnavailable);

        Assert.DoesNotContain(_folder.Path, error.Text("message"), StringComparison.Ordinal);
        Assert.True((await Http.GetAsync("/ready")).IsSuccessStatusCode);
    }

    async Task FilledAsync()
    {
        await Http.DoneAsync("", """{"name": "papers"}""");
        await Http.DoneAsync("/papers/documents", Papers);
    }

    async Task StartAsync(ICollectionEncoder? encoder, string server = "")
    {
        await File.WriteAllBytesAsync(_folder.File("model.gguf"), TinyGguf.Saying("fine").ToBytes());
        await File.WriteAllTextAsync(_folder.File("pool.yaml"),
            $"{server}retrieval: {{ collections: collections }}\nmemory: {{ budget: 64MiB }}\nexperts:\n  - {{ id: maths, file: model.gguf }}\n");
        _service = new ZooService(_folder.File("pool.yaml"), services =>
        {
            services.AddSingleton<IModelLoader>(new FakeModelLoader()).AddSingleton<IModelTrial>(new FakeTrial());
            if (encoder is not null) services.AddSingleton(encoder);
        });
        await _service.InitializeAsync();
    }
}
