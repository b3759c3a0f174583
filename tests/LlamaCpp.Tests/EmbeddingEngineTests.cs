using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>Embeddings of models that were made for chat: what pools them is the same.</summary>
public sealed class EmbeddingEngineTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    static readonly EmbeddingEngineOptions Mean = new() { Pooling = EmbeddingPooling.Mean };

    [Fact]
    public async Task EmbedAsync_Batch_IsEachTextAloneInOrder()
    {
        await using EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(), Mean with { MaxSequences = 3, ContextLength = 40 });
        string[] texts = ["first", "a second text", "", "third", new string('x', 38), "last"];

        IReadOnlyList<float[]> together = (await engine.EmbedAsync(texts)).Vectors;

        Assert.Equal(texts.Length, together.Count);
        for (int i = 0; i < texts.Length; i++)
        {
            float[] alone = (await engine.EmbedAsync([texts[i]])).Vectors[0];
            Assert.Equal(texts[i].Length == 0 ? 0 : 1, TensorPrimitives.Norm<float>(together[i]), 4);
            Assert.True(TensorPrimitives.Distance<float>(alone, together[i]) < 1e-2, texts[i]);
        }
        Assert.True(TensorPrimitives.Dot<float>(together[0], together[1]) < 0.999);
    }

    [Fact]
    public async Task EmbedAsync_SameTextAgain_LeavesNothingBehind()
    {
        await using EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(), Mean);

        float[] first = (await engine.EmbedAsync(["a text"])).Vectors[0];
        await engine.EmbedAsync(["another one that is longer"]);

        float[] again = (await engine.EmbedAsync(["a text"])).Vectors[0];
        Assert.True(TensorPrimitives.Distance<float>(first, again) < 1e-5);
    }

    [Fact]
    public async Task EmbedAsync_Poolings_TakeWhatTheySay()
    {
        TinyGguf gguf = TinyGguf.Random();
        await using EmbeddingEngine mean = await LoadAsync(gguf, Mean);
        await using EmbeddingEngine first = await LoadAsync(gguf, Mean with { Pooling = EmbeddingPooling.Cls });
        await using EmbeddingEngine last = await LoadAsync(gguf, Mean with { Pooling = EmbeddingPooling.Last });

        // The model is causal: the first token sees itself alone, and one token is its own mean, first and last.
        Assert.True(await DistanceAsync(first, "ab", first, "ac") < 1e-3);
        Assert.True(await DistanceAsync(last, "ab", last, "ac") > 0.01);
        Assert.True(await DistanceAsync(first, "ab", last, "a") < 1e-3);
        Assert.True(await DistanceAsync(mean, "a", last, "a") < 1e-3);
        Assert.True(await DistanceAsync(mean, "ab", last, "ab") > 0.01);
    }

    [Fact]
    public async Task LoadAsync_FileWithoutPooling_TakesTheMean()
    {
        await using EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(embedding: 32), new EmbeddingEngineOptions());

        Assert.Equal(EmbeddingPooling.Mean, engine.Pooling);
        Assert.Equal(32, engine.Dimensions);
        Assert.True(engine.ResidentBytes > 0);
    }

    [Theory]
    [InlineData(41, "at least 41")]
    [InlineData(100_000, "at least 100000")]
    public async Task EmbedAsync_TextTooLong_SaysWhichAndHowLong(int length, string said)
    {
        await using EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(context: 40), Mean);

        var error = await Assert.ThrowsAsync<GenerationException>(() => engine.EmbedAsync(["fits", new string('x', length)]));

        Assert.Equal(GenerationFailure.PromptTooLong, error.Failure);
        Assert.Contains("at most 40 tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains($"text 1 has {said}", error.Message, StringComparison.Ordinal);
        Assert.Equal([40], (await engine.EmbedAsync([new string('x', 40)])).Tokens);
    }

    [Theory]
    [InlineData(41)]
    [InlineData(100_000)]
    public async Task EmbedAsync_LongTextToBeCut_IsItsBeginning(int length)
    {
        await using EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(context: 40), Mean);

        float[] whole = (await engine.EmbedAsync([new string('x', length)], cutLongTexts: true)).Vectors[0];
        float[] beginning = (await engine.EmbedAsync([new string('x', 40)])).Vectors[0];

        Assert.True(TensorPrimitives.Distance<float>(whole, beginning) < 1e-3);
    }

    [Fact]
    public async Task EmbedAsync_Generalist_SetsLikeQuestionsTogether()
    {
        await using EmbeddingEngine engine = await EmbeddingEngine.LoadAsync(
            fixture.Runtime, Path.Combine(Repository.Models, "generalist.gguf"), Mean);

        IReadOnlyList<float[]> vectors = (await engine.EmbedAsync(
            ["What does 44 + 49 give?", "What does 40 + 45 give?", "What is the capital of Peru?", "What is the capital of Chad?"])).Vectors;

        Assert.True(Cosine(0, 1) > Cosine(0, 2));
        Assert.True(Cosine(2, 3) > Cosine(1, 3));

        float Cosine(int left, int right) => TensorPrimitives.Dot<float>(vectors[left], vectors[right]);
    }

    [Fact]
    public async Task EmbedAsync_ManyCallers_AnswersEachRightly()
    {
        await using EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(), Mean);
        string[] texts = [.. Enumerable.Range(1, 12).Select(i => new string('y', i))];
        IReadOnlyList<float[]> expected = (await engine.EmbedAsync(texts)).Vectors;

        TextEmbeddings[] answers = await Task.WhenAll(texts.Select(text => engine.EmbedAsync([text])));

        for (int i = 0; i < texts.Length; i++)
            Assert.True(TensorPrimitives.Distance<float>(expected[i], answers[i].Vectors[0]) < 1e-2);
    }

    [Fact]
    public async Task EmbedAsync_Cancelled_LeavesTheEngineUsable()
    {
        await using EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(), Mean);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.EmbedAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));

        float[] vector = (await engine.EmbedAsync(["a"])).Vectors[0];
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 4);
    }

    [Fact]
    public async Task EmbedAsync_Disposed_FailsAsClosed()
    {
        EmbeddingEngine engine = await LoadAsync(TinyGguf.Random(), Mean);
        await engine.DisposeAsync();
        await engine.DisposeAsync();

        var error = await Assert.ThrowsAsync<GenerationException>(() => engine.EmbedAsync(["a"]));

        Assert.Equal(GenerationFailure.Closed, error.Failure);
    }

    [Fact]
    public async Task LoadAsync_NoFile_SaysSo() => await Assert.ThrowsAsync<ModelLoadException>(
        () => EmbeddingEngine.LoadAsync(fixture.Runtime, "missing.gguf", Mean));

    [Fact]
    public async Task LoadAsync_OptionOutOfRange_IsRefused()
    {
        await Assert.ThrowsAsync<ValidationException>(() => LoadAsync(TinyGguf.Random(), Mean with { ContextLength = 0 }));
        await Assert.ThrowsAsync<ValidationException>(() => LoadAsync(TinyGguf.Random(), Mean with { Pooling = (EmbeddingPooling)4 }));
    }

    async Task<EmbeddingEngine> LoadAsync(TinyGguf gguf, EmbeddingEngineOptions options)
    {
        using var folder = new TemporaryFolder();
        return await EmbeddingEngine.LoadAsync(fixture.Runtime, gguf.Save(folder.Path), options);
    }

    static async Task<float> DistanceAsync(EmbeddingEngine left, string text, EmbeddingEngine right, string other)
    {
        float[] one = (await left.EmbedAsync([text])).Vectors[0], two = (await right.EmbedAsync([other])).Vectors[0];
        return TensorPrimitives.Distance<float>(one, two);
    }
}
