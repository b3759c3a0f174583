using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class LsaEmbedderTests
{
    const int Topics = 6;

    static readonly LsaOptions Small = LsaOptions.Default with { Dimensions = Topics, Oversampling = 10 };
    static readonly string[] Texts = TopicTexts.Draw(Topics, perTopic: 40, seed: 5);

    readonly LsaEmbedder _embedder = LsaEmbedder.Fit(Texts, Small);

    [Fact]
    public void Embed_TextsOfOneTopic_AreNearerThanOthers()
    {
        float[][] vectors = [.. Texts.Select(_embedder.Embed)];

        double within = Mean(vectors, same: true), across = Mean(vectors, same: false);

        Assert.True(within > 0.9, $"{within}");
        Assert.True(across < 0.1, $"{across}");
    }

    [Fact]
    public void Embed_TextsOfOneTopicWithoutSharedWords_AreNear()
    {
        string[] first = [.. Texts.Where((_, i) => i % Topics == 0)];
        string left = first[0];
        string right = first.First(text => !text.Split(' ').Intersect(left.Split(' ')).Any());

        Assert.True(Cosine(_embedder, left, right) > 0.8);
    }

    [Fact]
    public void Embed_UnseenText_IsNearTheTopicOfItsWords()
    {
        string unseen = $"Please tell me: {Texts[1].Split(' ')[0].ToUpperInvariant()}, {Texts[7].Split(' ')[2]}?";

        Assert.True(Cosine(_embedder, unseen, Texts[13]) > 0.8);
        Assert.True(Cosine(_embedder, unseen, Texts[2]) < 0.3);
    }

    /// <summary>With as many dimensions as texts, cosines are those of the weights themselves.</summary>
    [Fact]
    public void Fit_AsManyDimensionsAsTexts_KeepsTheCosinesOfTheWeights()
    {
        string[] texts = ["red green", "red blue", "green blue red", "one two three", "one two four", "blue four"];
        LsaOptions words = new() { MinWordTexts = 1, MaxCharacterFeatures = 1, MaxTextShare = 1, MinCharacterTexts = 6, Dimensions = 6 };
        LsaEmbedder embedder = LsaEmbedder.Fit(texts, words);

        double shared = Idf(3) * Idf(3);
        double left = (Idf(3) * Idf(3)) + (Idf(2) * Idf(2)) + (Idf(1) * Idf(1));
        double right = (Idf(3) * Idf(3)) + (Idf(3) * Idf(3)) + (Idf(1) * Idf(1));
        Assert.Equal(shared / Math.Sqrt(left * right), Cosine(embedder, texts[0], texts[1]), 2);
        Assert.Equal(0, Cosine(embedder, texts[0], texts[3]), 2);

        double Idf(int count) => Math.Log((1.0 + texts.Length) / (1 + count)) + 1;
    }

    [Fact]
    public void Embed_AnyText_HasLengthOne() => Assert.Equal(1, TensorPrimitives.Norm<float>(_embedder.Embed(Texts[3])), 5);

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("🙂")]
    [InlineData("\ud800")]
    public void Embed_NothingKnown_IsZero(string text) => Assert.All(_embedder.Embed(text), value => Assert.Equal(0, value));

    [Fact]
    public void Embed_LongText_LooksOnlyAtItsBeginning()
    {
        LsaEmbedder embedder = LsaEmbedder.Fit(Texts, Small with { MaxCharacters = 40 });

        Assert.Equal(embedder.Embed(Texts[0][..40]), embedder.Embed(Texts[0][..40] + ' ' + Texts[1]));
    }

    [Fact]
    public void Embed_HugeWord_IsFinite() =>
        Assert.All(_embedder.Embed(new string('a', 100_000)), value => Assert.True(float.IsFinite(value)));

    [Fact]
    public async Task EmbedAsync_Batch_IsEachTextInOrderAndAtOnce()
    {
        Task<IReadOnlyList<float[]>> batch = _embedder.EmbedAsync([Texts[0], "", Texts[1]]).AsTask();

        Assert.True(batch.IsCompletedSuccessfully);
        IReadOnlyList<float[]> vectors = await batch;
        Assert.Equal([_embedder.Embed(Texts[0]), new float[Topics], _embedder.Embed(Texts[1])], vectors);
    }

    [Fact]
    public void Fit_SameSeed_IsTheSame()
    {
        LsaEmbedder again = LsaEmbedder.Fit([.. Texts], Small);

        Assert.Equal(_embedder.Id, again.Id);
        Assert.Equal(_embedder.Source, again.Source);
        Assert.Equal(_embedder.Embed(Texts[9]), again.Embed(Texts[9]));
    }

    [Fact]
    public void Fit_OtherTextsOrOptions_IsAnotherSpace()
    {
        string[] ids =
        [
            _embedder.Id, LsaEmbedder.Fit(Texts[1..], Small).Id, LsaEmbedder.Fit(Texts, Small with { Seed = 2 }).Id,
            LsaEmbedder.Fit(Texts, Small with { MaxCharacters = 20 }).Id,
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.NotEqual(LsaEmbedder.SourceOf(["ab", "c"], Small), LsaEmbedder.SourceOf(["a", "bc"], Small));
        Assert.Equal(_embedder.Source, LsaEmbedder.SourceOf(Texts, Small));
    }

    [Fact]
    public void Fit_FewTexts_HasFewDimensions()
    {
        LsaEmbedder embedder = LsaEmbedder.Fit(["alpha beta", "alpha beta", "gamma delta", "gamma delta"]);

        Assert.Equal(2, embedder.Dimensions);
        Assert.Equal(1, Cosine(embedder, "alpha beta", "alpha"), 3);
        Assert.Equal(0, Cosine(embedder, "alpha", "delta"), 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fit_NothingToLearn_KnowsNothing(int texts)
    {
        LsaEmbedder embedder = LsaEmbedder.Fit([.. Enumerable.Repeat("only one", texts)]);

        Assert.Equal([0f], embedder.Embed("only one"));
    }

    [Fact]
    public void Fit_MoreTextsThanAllowed_TakesAnEvenSample() =>
        Assert.Equal(
            LsaEmbedder.Fit([.. Texts.Where((_, i) => i % 2 == 0)], Small with { MaxTexts = Texts.Length / 2 }).Id,
            LsaEmbedder.Fit(Texts, Small with { MaxTexts = Texts.Length / 2 }).Id);

    [Fact]
    public void Fit_OptionOutOfRange_SaysWhich()
    {
        var error = Assert.Throws<ValidationException>(() => LsaEmbedder.Fit(Texts, Small with { Dimensions = 0 }));

        Assert.Contains("Dimensions", error.Message, StringComparison.Ordinal);
    }

    static double Mean(float[][] vectors, bool same) =>
        (from i in Enumerable.Range(0, vectors.Length)
         from j in Enumerable.Range(0, i)
         where i % Topics == j % Topics == same
         select (double)TensorPrimitives.Dot<float>(vectors[i], vectors[j])).Average();

    static double Cosine(LsaEmbedder embedder, string left, string right) =>
        TensorPrimitives.Dot<float>(embedder.Embed(left), embedder.Embed(right));
}
