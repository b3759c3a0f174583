using Orchestrator.Router.Embedding;
using Orchestrator.Router.Embedding.Surface;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class SurfaceVectorTests
{
    static readonly string[] Texts =
    [
        "What is 3 + 4?", "Pick one.\nA) red\nB) blue\nC) green", "def f(x):\n    return x == 2", "Let $\\alpha = \\frac{1}{2}$.",
        "Привет, как дела?", "你好吗？", "WHO is there", "The answer is ___.",
    ];

    [Fact]
    public void Of_FittedTexts_HaveMeanZeroAndDeviationOne()
    {
        SurfaceVector surface = SurfaceVector.Fit(Texts);
        float[][] vectors = [.. Texts.Select(surface.Of)];

        for (int i = 0; i < SurfaceVector.Dimensions; i++)
        {
            Assert.Equal(0, vectors.Average(vector => vector[i]), 3);
            double variance = vectors.Average(vector => (double)vector[i] * vector[i]);
            Assert.True(Math.Abs(variance) < 1e-6 || Math.Abs(variance - 1) < 1e-3, $"{i}: {variance}");
        }
    }

    [Fact]
    public void Of_OutlandishText_IsClipped()
    {
        float[] vector = SurfaceVector.Fit(Texts).Of(new string('$', 5000) + string.Concat(Enumerable.Repeat("\n1.5 ", 900)));

        Assert.All(vector, value => Assert.InRange(value, -4, 4));
        Assert.Contains(4, vector);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud800\\")]
    [InlineData("\\")]
    public void Of_OddText_IsFinite(string text) =>
        Assert.All(SurfaceVector.Fit(Texts).Of(text), value => Assert.True(float.IsFinite(value)));

    [Fact]
    public void Fit_NoTexts_GivesZeros() => Assert.All(SurfaceVector.Fit([]).Of("What?"), value => Assert.Equal(0, value));

    [Fact]
    public void Fit_SameTexts_IsTheSame() => Assert.Equal(SurfaceVector.Fit(Texts).Of("Why?"), SurfaceVector.Fit(Texts).Of("Why?"));

    /// <summary>Each of these texts stands out by another feature.</summary>
    [Fact]
    public void Of_TextsOfOtherKinds_AreFarFromEachOther()
    {
        SurfaceVector surface = SurfaceVector.Fit(Texts);
        float[][] vectors = [.. Texts.Select(surface.Of)];

        for (int i = 0; i < vectors.Length; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.True(System.Numerics.Tensors.TensorPrimitives.Distance<float>(vectors[i], vectors[j]) > 3, $"{Texts[i]} | {Texts[j]}");
        }
    }

    [Theory]
    [InlineData("A) x\nB) y\nC) z", 3)]
    [InlineData("(a) x (b) y", 2)]
    [InlineData("Which?\nA. 1\nB. 2\nC. 3\nD. 4", 4)]
    [InlineData("1. one\n2. two", 2)]
    [InlineData("J. R. R. Tolkien", 0)]
    [InlineData("A. Smith", 0)]
    [InlineData("It costs 1.5 or 2.5", 0)]
    [InlineData("", 0)]
    public void ChoiceOptions_Text_AreCountedInTheirOrder(string text, int count) => Assert.Equal(count, ChoiceOptions.Count(text));

    [Fact]
    public void CharacterCounts_Text_CountsEachKind()
    {
        CharacterCounts counts = CharacterCounts.Of("AB cd\n  12.5 é Ωж שक 你 ∑");

        Assert.Equal(
            (2, 1, 6, 10, 3, 2, 1, 2, 1),
            (counts.Lines, counts.IndentedLines, counts.Words, counts.Letters, counts.Digits, counts.Numbers, counts.Decimals,
                counts.LongestNumber, counts.CapitalWords));
        Assert.Equal(
            (1, 1, 1, 2, 1, 1, 1),
            (counts.OtherLatin, counts.Greek, counts.Cyrillic, counts.Semitic, counts.Indic, counts.Cjk, counts.Symbols));
    }
}
