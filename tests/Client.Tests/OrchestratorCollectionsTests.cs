using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Client.Tests;

public sealed class OrchestratorCollectionsTests
{
    static readonly OrchestratorClientOptions Options = new() { Endpoint = new Uri("http://host:8080") };

    [Fact]
    public async Task CreateAsync_Name_TellsModelAndSpace()
    {
        var service = FakeService.Of("""{"object":"collection","name":"stock","model":"encoder","space":"encoder@01","dimensions":96,"documents":0}""");
        using var collections = new OrchestratorCollections(Options, service.Client());

        var made = await collections.CreateAsync("stock");

        Assert.Equal(new CollectionInfo("stock", "encoder", "encoder@01", 96, 0), made);
        Assert.Equal("""{"name":"stock"}""", service.Asked[0].Body);
    }

    [Fact]
    public async Task UpsertAsync_MoreThanARequestTakes_SendsSeveral()
    {
        var service = new FakeService((_, body) => FakeService.Reply($$"""{"upserted":{{body.Split("\"id\"").Length - 1}}}"""));
        using var collections = new OrchestratorCollections(Options, service.Client());
        var documents = Enumerable.Range(0, 1500).Select(i => new CollectionDocument($"d{i}", "text") { Metadata = new Dictionary<string, object?> { ["year"] = 1958, ["tags"] = new[] { "a" } } });

        Assert.Equal(1500, await collections.UpsertAsync("my-stock", documents));

        Assert.Equal(["/v1/collections/my-stock/documents", "/v1/collections/my-stock/documents"], service.Asked.Select(asked => asked.Path));
        Assert.Contains("""{"id":"d0","text":"text","metadata":{"year":1958,"tags":["a"]}}""", service.Asked[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpsertAsync_Null_IsRefusedByItsPlace()
    {
        using var collections = new OrchestratorCollections(Options, FakeService.Of("""{"upserted":1}""").Client());

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => collections.UpsertAsync("stock", [new("a", "b"), null!]));

        Assert.Contains("documents[1] is null", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryAsync_FilterWithoutAValue_IsRefusedByName()
    {
        using var collections = new OrchestratorCollections(Options, FakeService.Of("""{"results":[]}""").Client());

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => collections.QueryAsync("stock", new CollectionQuery("a") { Filter = default(JsonElement) }));

        Assert.Contains("CollectionQuery.Filter is a JsonElement without a value", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryAsync_Text_GivesHitsAndWhoEmbedded()
    {
        var service = FakeService.Of("""
            {"results":[{"id":"a","score":0.03,"text":"muog costs 93 coins.","metadata":{"year":1958}}],"mode":"hybrid","route":{"expert":"med-expert","space":"s","reasons":[]}}
            """);
        using var collections = new OrchestratorCollections(Options, service.Client());

        var hit = Assert.Single(await collections.QueryAsync("stock", new CollectionQuery("muog") { Top = 3 }));

        Assert.Equal(("a", 0.03, "muog costs 93 coins.", "med-expert"), (hit.Id, hit.Score, hit.Text, hit.Expert));
        Assert.Equal(1958, hit.Metadata["year"].GetInt32());
        Assert.Equal("""{"query":"muog","top_k":3}""", service.Asked[0].Body);
    }

    [Fact]
    public async Task ListAsync_Some_AreInTheOrderOfTheirNames()
    {
        var service = FakeService.Of(
            """{"object":"list","data":[{"name":"stock","error":"it is damaged"},{"name":"notes","model":"encoder","space":"e5","dimensions":64,"documents":2}]}""");
        using var collections = new OrchestratorCollections(Options, service.Client());

        var all = await collections.ListAsync();

        Assert.Equal([new CollectionInfo("notes", "encoder", "e5", 64, 2), new CollectionInfo("stock", "", "", 0, 0)], all);
    }

    [Fact]
    public async Task FindAndDeleteAsync_NoSuchCollection_AreNoFailures()
    {
        var service = FakeService.Of("""{"error":{"message":"There is no collection 'x'.","code":"collection_not_found"}}""", HttpStatusCode.NotFound);
        using var collections = new OrchestratorCollections(Options, service.Client());

        Assert.Null(await collections.FindAsync("x"));
        Assert.False(await collections.DeleteAsync("x"));
        await Assert.ThrowsAsync<OrchestratorException>(() => collections.QueryAsync("x", new CollectionQuery("a")));
    }

    [Theory]
    [InlineData("""{"error":{"message":"No such address.","code":"not_found"}}""")]
    [InlineData("<html>")]
    public async Task FindAndDeleteAsync_OtherNotFound_Fail(string reply)
    {
        using var collections = new OrchestratorCollections(Options, FakeService.Of(reply, HttpStatusCode.NotFound).Client());

        Assert.Equal(404, (await Assert.ThrowsAsync<OrchestratorException>(() => collections.FindAsync("x"))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<OrchestratorException>(() => collections.DeleteAsync("x"))).Status);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("my stock")]
    [InlineData(null)]
    public async Task Calls_NoName_AreNotSent(string? name)
    {
        var service = FakeService.Of("{}");
        using var collections = new OrchestratorCollections(Options, service.Client());

        foreach (Func<Task> call in (Func<Task>[])
            [
                () => collections.CreateAsync(name!),
                () => collections.FindAsync(name!),
                () => collections.DeleteAsync(name!),
                () => collections.UpsertAsync(name!, [new("a", "b")]),
                () => collections.QueryAsync(name!, new("a")),
            ])
            Assert.Contains("1 to 64 letters a-z", (await Assert.ThrowsAsync<ArgumentException>(call)).Message, StringComparison.Ordinal);
        Assert.Empty(service.Asked);
    }

    [Fact]
    public async Task UpsertAsync_MetadataOfDotNet_IsWritten()
    {
        var service = FakeService.Of("""{"upserted":1}""");
        using var collections = new OrchestratorCollections(Options, service.Client());
        var metadata = new Dictionary<string, object?>
        {
            ["a"] = 1.5m,
            ["b"] = 0.5f,
            ["c"] = (byte)3,
            ["d"] = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            ["e"] = JsonElement.Parse("[\"x\"]"),
            ["f"] = JsonNode.Parse("true"),
            ["g"] = new HashSet<string> { "y" },
            ["h"] = null,
        };

        await collections.UpsertAsync("stock", [new("a", "b") { Metadata = metadata }]);

        Assert.EndsWith(
            """{"a":1.5,"b":0.5,"c":3,"d":"2026-01-02T03:04:05.0000000Z","e":["x"],"f":true,"g":["y"],"h":null}}]}""", service.Asked[0].Body, StringComparison.Ordinal);
    }

    public static TheoryData<object, string> Impossible => new()
    {
        { double.NaN, "NaN (Double)" },
        { new object(), "a Object" },
        { new[] { 1 }, "a Int32[]" },
        { JsonElement.Parse("{}"), "a JsonElement" },
        { default(JsonElement), "a JsonElement" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task UpsertAsync_OtherMetadata_IsRefusedByName(object value, string type)
    {
        var service = FakeService.Of("""{"upserted":1}""");
        using var collections = new OrchestratorCollections(Options, service.Client());

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => collections.UpsertAsync("stock", [new("d1", "b") { Metadata = new Dictionary<string, object?> { ["year"] = value } }]));

        Assert.Contains($"Metadata[\"year\"] of the document 'd1' is {type}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("allowed are texts, finite numbers", refused.Message, StringComparison.Ordinal);
        Assert.Empty(service.Asked);
    }
}
