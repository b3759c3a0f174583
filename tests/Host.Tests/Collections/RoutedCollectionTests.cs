using System.Net;
using System.Text.Json;
using Orchestrator.Host.Tests.Retrieval;

namespace Orchestrator.Host.Tests.Collections;

/// <summary>A collection of a service with experts that embed, and pilots that choose between them.</summary>
public sealed class RoutedCollectionTests
{
    [Fact]
    public async Task Query_Auto_IsEmbeddedByTheExpertOfItsDomain()
    {
        await using FakeService service = await EmbeddingService.StartAsync(retrieval: ", collections: collections");
        HttpClient http = service.Http;
        JsonElement made = await http.DoneAsync("", """{"name": "notes"}""");
        await http.DoneAsync("/notes/documents", """{"documents": [{"id": "f", "text": "a fever"}, {"id": "b", "text": "a bond"}, {"id": "r", "text": "rain"}]}""");

        JsonElement fever = await http.DoneAsync("/notes/query", """{"query": "what lowers a fever", "mode": "dense", "top_k": 1}""");
        JsonElement named = await http.DoneAsync("/notes/query", """{"query": "bond", "model": "base"}""");
        JsonElement other = await http.RefusedAsync("/notes/query", """{"query": "bond", "model": "other"}""", HttpStatusCode.Conflict);

        Assert.Equal(("base", EmbeddingService.Space), (made.Text("model"), made.Text("space")));
        Assert.Equal(["f"], fever.Ids());
        Assert.Equal(("medicine", EmbeddingService.Space), (fever.GetProperty("route").Text("expert"), fever.GetProperty("route").Text("space")));
        Assert.Equal("b", named.Ids()[0]);
        Assert.Equal("base", named.GetProperty("route").Text("expert"));
        Assert.Contains(EmbeddingService.Space, other.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ExpertOfAnotherSpace_GivesACollectionOfThatSpace()
    {
        await using FakeService service = await EmbeddingService.StartAsync(retrieval: ", collections: collections");

        JsonElement made = await service.Http.DoneAsync("", """{"name": "notes", "model": "other"}""");
        JsonElement unknown = await service.Http.RefusedAsync("", """{"name": "more", "model": "nobody"}""", HttpStatusCode.NotFound);

        Assert.StartsWith("other@", made.Text("space"), StringComparison.Ordinal);
        Assert.Contains("nobody", unknown.Text("message"), StringComparison.Ordinal);
    }
}
