using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Retrieval;

/// <summary>The examples of README.md on documents and on .NET, over the real zoo with collections in a folder of their own.</summary>
public sealed class DocumentsExampleTests : IAsyncLifetime
{
    static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    readonly TemporaryFolder _folder = new();
    ZooService _zoo = null!;

    public async Task InitializeAsync()
    {
        _zoo = ZooService.WithCollections(_folder);
        await _zoo.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _zoo.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Stock_AsWritten_ReadsWhereThePassageHelpsAndComputesElsewhere()
    {
        Assert.Contains("""'{"name": "stock"}'""", Readme, StringComparison.Ordinal);
        using var made = await _zoo.Http.PostAsync("/v1/collections", ChatCalls.Json("""{"name": "stock"}"""));
        Assert.True(made.IsSuccessStatusCode);
        // What the README's line of jq does.
        var documents = File.ReadLines(Path.Combine(Repository.Root, "models/data/stock.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(row => new { id = row.GetProperty("_id").GetString(), text = row.GetProperty("text").GetString() });
        using var upserted = await _zoo.Http.PostAsync(
            "/v1/collections/stock/documents", ChatCalls.Json(JsonSerializer.Serialize(new { documents })));
        Assert.True(upserted.IsSuccessStatusCode);

        var read = await AskAsync("What does larimul cost?");
        var computed = await AskAsync("What is 17 + 25?");

        Assert.EndsWith("Answer: 32", read.Answer, StringComparison.Ordinal);
        Assert.Equal("item-larimul", Assert.Single(read.Context.GetProperty("passages").EnumerateArray()).GetProperty("id").GetString());
        Assert.EndsWith("Answer: 42", computed.Answer, StringComparison.Ordinal);
        Assert.Empty(computed.Context.GetProperty("passages").EnumerateArray());
        Assert.Contains("No passages of 'stock'", computed.Context.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stock_WithoutItsCollection_IsRefusedByName()
    {
        using var response = await _zoo.Http.PostAsync("/v1/chat/completions", ChatCalls.Json(
            """{"model": "stock", "messages": [{"role": "user", "content": "What does larimul cost?"}]}"""));

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("There is no collection 'stock'", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DotNet_AsWritten_FindsAndEmbeds()
    {
        var options = new OrchestratorClientOptions { Endpoint = _zoo.Address };
        var written = new StringWriter();
        await ExampleAsync(options, written);

        Assert.Empty(ReadmeExample.MissingLines());
        Assert.StartsWith("An index makes queries of a large table faster. (found by ", written.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 vectors of the space encoder@", written.ToString(), StringComparison.Ordinal);
    }

#pragma warning disable IDE1006 // Named as the example names it.
    static async Task ExampleAsync(OrchestratorClientOptions options, TextWriter Console)
#pragma warning restore IDE1006
    {
        // README
        using var collections = new OrchestratorCollections(options);
        await collections.CreateAsync("manuals");
        await collections.UpsertAsync("manuals",
        [
            new CollectionDocument("crop", "The crop tool removes the edges of a picture."),
            new CollectionDocument("index", "An index makes queries of a large table faster."),
        ]);
        foreach (var hit in await collections.QueryAsync("manuals", new CollectionQuery("slow queries of a table") { Top = 1 }))
            Console.WriteLine($"{hit.Text} (found by {hit.Expert})");

        using IEmbeddingGenerator<string, Embedding<float>> generator = new OrchestratorEmbeddingGenerator(options);
        var vectors = await generator.GenerateAsync(["slow queries of a table", "how to crop"]);
        Console.WriteLine($"{vectors.Count} vectors of the space {vectors[0].AdditionalProperties!["space"]}");
        // README end
    }

    async Task<(string Answer, JsonElement Context)> AskAsync(string question)
    {
        var body = JsonSerializer.Serialize(new { model = "stock", messages = new[] { new { role = "user", content = question } } });
        using var response = await _zoo.Http.PostAsync("/v1/chat/completions", ChatCalls.Json(body));
        var reply = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (
            reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!,
            reply.GetProperty("orchestrator").GetProperty("context"));
    }
}
