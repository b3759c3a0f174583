using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Embedding;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Embedding;

public sealed class QuestionSpacesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly LlamaRuntime _runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);

    public void Dispose()
    {
        _runtime.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, "lsa-")]
    [InlineData(EmbedderKind.Lsa, "lsa-")]
    [InlineData(EmbedderKind.Hashed, "hashed-")]
    public async Task OfAsync_Kind_IsThatEmbedder(EmbedderKind? kind, string id)
    {
        await using var spaces = Spaces(new EmbedderConfig { Kind = kind });

        var space = await spaces.OfAsync(["one two", "two three"], CancellationToken.None);

        Assert.StartsWith(id, space.Embedder.Id, StringComparison.Ordinal);
        Assert.Equal(0, spaces.ResidentBytes);
    }

    [Fact]
    public async Task OfAsync_File_HasTheVectorsOfTheQuestionsAtHand()
    {
        await using var spaces = Spaces(new EmbedderConfig
        {
            File = Path.Combine(Repository.Models, "generalist.gguf"),
            Pooling = EmbeddingPooling.Mean,
            Context = 64,
        });

        var space = await spaces.OfAsync(["What is 3 + 4?", "Where is Oslo?"], CancellationToken.None);

        Assert.Contains("-mean-64-", space.Embedder.Id, StringComparison.Ordinal);
        Assert.True(space.Embedder.EmbedAsync(["Where is Oslo?"]).AsTask().IsCompletedSuccessfully);
        Assert.True(spaces.ResidentBytes > 0);
        Assert.Same(space.Embedder, spaces.PartsOf(space)!(["Where is Oslo?"]).Embedder);
    }

    [Fact]
    public async Task OfAsync_MissingFile_SaysSo() => Assert.Contains("does not exist", await RefusedAsync("gone.gguf"));

    [Fact]
    public async Task OfAsync_NoGguf_SaysSo()
    {
        await File.WriteAllTextAsync(_folder.File("text.gguf"), "This is a text that is long enough for a header.");

        Assert.Contains("does not begin with 'GGUF'", await RefusedAsync("text.gguf"));
    }

    [Fact]
    public async Task OfAsync_ModelThatRanks_CannotEmbed()
    {
        var ranking = TinyGguf.Random();
        ranking.Metadata["llama.pooling_type"] = 4u;
        ranking.Save(_folder.Path, "ranks.gguf");

        Assert.Contains("cannot embed", await RefusedAsync("ranks.gguf"));
    }

    async Task<string> RefusedAsync(string file)
    {
        await using var spaces = Spaces(new EmbedderConfig { File = _folder.File(file) });
        var refused = await Assert.ThrowsAsync<ConfigException>(() => spaces.OfAsync(["one"], CancellationToken.None));
        Assert.Contains($"router.embedder.file '{_folder.File(file)}' cannot be used", refused.Message);
        return refused.Message;
    }

    QuestionSpaces Spaces(EmbedderConfig embedder) => new(
        new RouterConfig { Embedder = embedder, EmbedderCache = _folder.File("cache") }, _runtime, NullLogger<QuestionSpaces>.Instance);
}
