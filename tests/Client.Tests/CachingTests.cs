using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Orchestrator.Client.Tests;

/// <summary>What is left of an answer that a cache wrote down, as in src/Client/README.md.</summary>
public sealed class CachingTests
{
    readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Chat_WithoutReflection_KeepsTheRoute(bool streamed)
    {
        var service = streamed
            ? new FakeService((_, _) => new FakeEvents(FakeEvents.Text("42"), "data: [DONE]\n\n").Reply())
            : ClientCalls.Answering();
        var json = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        json.TypeInfoResolverChain.Remove(json.TypeInfoResolverChain.OfType<DefaultJsonTypeInfoResolver>().Single());
        json.TypeInfoResolverChain.Add(RouteDetails.JsonTypes);
        using var client = service.Chat();
        using var cached = client.AsBuilder().UseDistributedCache(_cache, configure: caching => caching.JsonSerializerOptions = json).Build();

        for (var i = 0; i < 2; i++)
        {
            var answer = streamed ? await cached.GetStreamingResponseAsync("hi").ToChatResponseAsync() : await cached.GetResponseAsync("hi");
            Assert.Equal(("42", "mason"), (answer.Text, answer.GetRoute()?.Expert));
        }

        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task Embeddings_KeepTheSpaceOfEach()
    {
        var service = FakeService.Of("""{"model":"encoder","space":"encoder@0123","data":[{"index":0,"embedding":"AAAAAA=="}]}""");
        using var client = new OrchestratorEmbeddingGenerator(ClientCalls.Options, http: service.Client());
        using var cached = client.AsBuilder().UseDistributedCache(_cache).Build();

        for (var i = 0; i < 2; i++)
            Assert.Equal("encoder@0123", $"{(await cached.GenerateAsync(["a"]))[0].AdditionalProperties![OrchestratorEmbeddingGenerator.Space]}");

        Assert.Single(service.Asked);
    }
}
