using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Host.Embedding;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.Router.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Embedding;

public sealed class EngineEmbedderTests : IDisposable
{
    static readonly EmbeddingEngineOptions Options = new() { ContextLength = 64 };

    readonly LlamaRuntime _runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task EmbedAsync_Generalist_IsNearerForLikeQuestions()
    {
        await using EngineEmbedder embedder = await LoadAsync("generalist", Options);

        IReadOnlyList<float[]> vectors = await new CachedEmbedder(embedder).EmbedAsync(
            ["What does 44 + 49 give?", "What does 40 + 45 give?", "What is the capital of Peru?"]);

        Assert.All(vectors, vector => Assert.Equal(embedder.Dimensions, vector.Length));
        float like = TensorPrimitives.Dot<float>(vectors[0], vectors[1]), unlike = TensorPrimitives.Dot<float>(vectors[0], vectors[2]);
        Assert.True(like > unlike, $"{like} {unlike}");
    }

    [Fact]
    public async Task EmbedAsync_TextTooLong_IsItsBeginning()
    {
        await using EngineEmbedder embedder = await LoadAsync("generalist", Options);

        float[] vector = (await embedder.EmbedAsync([string.Concat(Enumerable.Repeat("What is 3 + 4? ", 1000))]))[0];

        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 3);
    }

    [Fact]
    public async Task Id_OtherFileOrPooling_IsAnother()
    {
        await using EngineEmbedder one = await LoadAsync("generalist", Options), again = await LoadAsync("generalist", Options);
        await using EngineEmbedder last = await LoadAsync("generalist", Options with { Pooling = EmbeddingPooling.Last });
        await using EngineEmbedder other = await LoadAsync("abacus", Options);

        Assert.Equal(one.Id, again.Id);
        Assert.Equal(3, new[] { one.Id, last.Id, other.Id }.Distinct().Count());
    }

    Task<EngineEmbedder> LoadAsync(string model, EmbeddingEngineOptions options) =>
        EngineEmbedder.LoadAsync(_runtime, Path.Combine(Repository.Models, $"{model}.gguf"), options);
}
