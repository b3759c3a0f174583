using System.Net;

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

        Assert.Equal(1500, await collections.UpsertAsync("my stock", documents));

        Assert.Equal(["/v1/collections/my%20stock/documents", "/v1/collections/my%20stock/documents"], service.Asked.Select(asked => asked.Path));
        Assert.Contains("""{"id":"d0","text":"text","metadata":{"year":1958,"tags":["a"]}}""", service.Asked[0].Body, StringComparison.Ordinal);
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
    public async Task FindAndDeleteAsync_NoSuchCollection_AreNoFailures()
    {
        var service = FakeService.Of("""{"error":{"message":"There is no collection 'x'.","code":"collection_not_found"}}""", HttpStatusCode.NotFound);
        using var collections = new OrchestratorCollections(Options, service.Client());

        Assert.Null(await collections.FindAsync("x"));
        Assert.False(await collections.DeleteAsync("x"));
        await Assert.ThrowsAsync<OrchestratorException>(() => collections.QueryAsync("x", new CollectionQuery("a")));
    }
}
