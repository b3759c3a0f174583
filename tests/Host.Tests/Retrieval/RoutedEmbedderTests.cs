using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Experts;
using Orchestrator.Experts.Embedding;
using Orchestrator.Host.Retrieval;
using Orchestrator.Retrieval.Collections;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Retrieval;

public sealed class RoutedEmbedderTests
{
    [Fact]
    public async Task EmbedAsync_ExpertThatCannotBeLoaded_LeavesItsQueriesToTheBase()
    {
        var loader = new FakeModelLoader { Embedding = EmbeddingService.Loader().Embedding, Manual = true };
        await using var service = await EmbeddingService.StartAsync(loader);
        var asked = service.Now.Embedder.EmbedAsync("auto", Queries("a fever", "a bond"), default);
        loader.Complete("base");
        await loader.StartedAsync("medicine");
        loader.Fail("medicine", new IOException("the disk is broken"));
        loader.Complete("finance");

        var embedded = await asked;

        Assert.Equal(["base", "finance"], embedded.Items.Select(item => item.Expert));
        Assert.Equal(FakeEmbeddings.Unit(9, 1, 1), embedded.Items[0].Vector);
        Assert.True(embedded.Items[0].Route!.Fallback);
        Assert.Contains("the disk is broken", embedded.Items[0].Route!.Reasons[^1], StringComparison.Ordinal);
        Assert.False(embedded.Items[1].Route!.Fallback);
    }

    [Fact]
    public async Task EmbedAsync_BelowTheFloor_IsTheBase()
    {
        await using var service = await EmbeddingService.StartAsync(retrieval: ", floor: 0.999");

        var embedded = await service.Now.Embedder.EmbedAsync("auto", Queries("a fever"), default);

        Assert.Equal(("base", true), (embedded.Items[0].Expert, embedded.Items[0].Route!.Fallback));
    }

    [Fact]
    public async Task EmbedAsync_WithoutPilots_IsTheFirstThatEmbedsDocuments()
    {
        await using var service = await EmbeddingService.StartOnAsync(EmbeddingService.Experts + "\n");

        var embedded = await service.Now.Embedder.EmbedAsync("auto", Queries("a fever"), default);

        Assert.Equal("base", service.Now.Embedder.Base);
        Assert.Equal(("base", null), (embedded.Items[0].Expert, embedded.Items[0].Route));
        Assert.Equal(2, embedded.Tokens);
    }

    [Fact]
    public async Task EmbedAsync_PilotsOfOtherDimensions_SaySo()
    {
        var loader = new FakeModelLoader { Embedding = (_, _) => [1, 0] };
        await using var service = await EmbeddingService.StartAsync(loader);

        var error = await Assert.ThrowsAsync<ExpertException>(() => service.Now.Embedder.EmbedAsync("auto", Queries("a"), default));

        Assert.Contains("the pilots have 3 dimensions, but 'base' embeds into 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EncodeQueryAsync_Spaces_AreNeverMixed()
    {
        await using var service = await EmbeddingService.StartAsync();
        var encoder = new CollectionEncoder(() => service.Now.Embedder);
        var other = service.Now.Embedder.Find("other").Space;

        Assert.Equal("base", ((ICollectionEncoder)encoder).Base);
        var routed = await encoder.EncodeQueryAsync(EmbeddingService.Space, "auto", "a fever");
        Assert.Equal(("medicine", EmbeddingService.Space, 5), (routed.Expert, routed.Space, routed.Tokens));
        Assert.NotEmpty(routed.Reasons);
        Assert.Equal("finance", (await encoder.EncodeQueryAsync(EmbeddingService.Space, "finance", "a fever")).Expert);
        // A collection of another space is asked by whoever embedded it.
        Assert.Equal(("other", other), (await encoder.EncodeQueryAsync(other, "auto", "a fever")) is var own ? (own.Expert, own.Space) : default);
        var error = await Assert.ThrowsAsync<CollectionException>(() => encoder.EncodeQueryAsync(other, "medicine", "a fever"));
        Assert.Equal(CollectionFailure.OtherSpace, error.Failure);
        Assert.Contains("cannot be compared", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CollectionException>(() => encoder.EncodeQueryAsync("base@000000000000", "auto", "a fever"));
    }

    [Fact]
    public async Task EncodeDocumentsAsync_LongText_CountsByItsBeginning()
    {
        await using var service = await EmbeddingService.StartAsync();
        var encoder = new CollectionEncoder(() => service.Now.Embedder);

        var encoded = await encoder.EncodeDocumentsAsync("base", ["a bond", string.Join(' ', Enumerable.Repeat("rain", 90))]);

        Assert.Equal((EmbeddingService.Space, 2), (encoded.Space, encoded.Vectors.Count));
        await Assert.ThrowsAsync<ExpertException>(() => encoder.EncodeDocumentsAsync("medicine", ["a bond"]));
    }

    static EmbeddingCall Queries(params string[] texts) => new(texts, EmbeddedSide.Query);

}
