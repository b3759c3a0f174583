using System.Numerics.Tensors;
using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class NgramEmbedderTests
{
    static readonly string[] Questions =
    [
        "What is 3 + 4?", "What is 12 + 55?", "What is 4412 + 9921?", "Reverse the word ABCD.", "Reverse the word KLMNOP.",
        "Convert XIV to a number.", "Is not True and False true?", "Find the capital of Peru.", "Find the capital of Chad.",
    ];

    readonly NgramEmbedder _embedder = NgramEmbedder.Fit(Questions, NgramEmbedderOptions.Default);

    [Fact]
    public void Embed_AnyQuestion_HasLengthOne()
    {
        SparseVector vector = _embedder.Embed("What is 77 + 1?");

        Assert.Equal(1, TensorPrimitives.Norm<float>(vector.Values), 5);
        Assert.Equal(vector.Indices.Distinct().Order(), vector.Indices);
        Assert.InRange(vector.Indices[^1], 0, NgramEmbedderOptions.Default.Dimensions - 1);
    }

    /// <summary>Computed apart from this code: a profile made on another machine must mean the same here.</summary>
    [Theory]
    [InlineData("", 0xefd01f60ba992926UL)]
    [InlineData("What", 0x1f76d9b966dbee9eUL)]
    [InlineData("Zürich", 0xf8ee1a5ea2c667d1UL)]
    public void StableHash_SameText_IsTheSameEverywhere(string text, ulong hash) => Assert.Equal(hash, StableHash.Of(text));

    [Fact]
    public void Embed_SameFit_GivesTheSameVector()
    {
        NgramEmbedder again = NgramEmbedder.Fit([.. Questions.Reverse()], NgramEmbedderOptions.Default);

        AssertSame(_embedder.Embed("Reverse the word QRS."), again.Embed("Reverse the word QRS."));
    }

    [Theory]
    [InlineData("What is 41 + 29?", "What is 12 + 55?", "What is 4412 + 9921?")]
    [InlineData("What is 4100 + 2931?", "What is 4412 + 9921?", "What is 12 + 55?")]
    [InlineData("Reverse the word WXYZ.", "Reverse the word ABCD.", "Reverse the word KLMNOPQR.")]
    [InlineData("Convert XIX.", "Convert MCM.", "Convert 194.")]
    [InlineData("Find the capital of Cuba.", "Find the capital of Chad.", "Find the capital of Peru.")]
    [InlineData("WHAT is (1 + 2) * 3", "what is (4 + 5) * 6", "what is 4 + 5 * 6")]
    public void Embed_Question_IsNearerToItsLike(string question, string like, string unlike) =>
        Assert.True(Cosine(question, like) > Cosine(question, unlike));

    [Fact]
    public void Embed_OtherDigitsOfSameLength_IsAlmostTheSame() =>
        Assert.InRange(Cosine("What is 47 + 38?", "What is 12 + 55?"), 0.85, 1);

    [Fact]
    public void Embed_UnknownPhrasing_StaysNearWhatItShares()
    {
        NgramEmbedder full = NgramEmbedder.Fit(Questions, NgramEmbedderOptions.Default with { Unseen = 1 });
        const string Known = "Reverse the word ABCD.", Unknown = "Kindly flip around for me the word ABCD";

        double known = Cosine(Known, Unknown), drowned = new SimilarityIndex([full.Embed(Known)]).Cosines(full.Embed(Unknown))[0];

        Assert.True(known > drowned + 0.05, $"{known} against {drowned}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("🙂🙂🙂")]
    [InlineData("\ud800 lone surrogate")]
    public void Embed_OddText_IsFinite(string text) =>
        Assert.All(_embedder.Embed(text).Values, value => Assert.True(float.IsFinite(value)));

    [Fact]
    public void Embed_LongText_LooksOnlyAtItsBeginning()
    {
        string start = string.Concat(Enumerable.Repeat("What is 3 + 4? ", 1000));

        AssertSame(_embedder.Embed(start + "Reverse ABCD."), _embedder.Embed(start + "Convert XIV."));
    }

    [Fact]
    public void Fit_NoQuestions_StillEmbeds()
    {
        NgramEmbedder empty = NgramEmbedder.Fit([], NgramEmbedderOptions.Default);

        Assert.Equal(1, TensorPrimitives.Norm<float>(empty.Embed("What is 3 + 4?").Values), 5);
    }

    static void AssertSame(SparseVector expected, SparseVector actual)
    {
        Assert.Equal(expected.Indices, actual.Indices);
        Assert.Equal(expected.Values, actual.Values);
    }

    double Cosine(string left, string right) => new SimilarityIndex([_embedder.Embed(left)]).Cosines(_embedder.Embed(right))[0];
}
