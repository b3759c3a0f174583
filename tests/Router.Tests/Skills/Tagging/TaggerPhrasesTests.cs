using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Router.Tests.Skills.Tagging;

public sealed class TaggerPhrasesTests
{
    [Theory]
    [InlineData("addition, long numbers, carrying", new[] { "addition", "long numbers", "carrying" })]
    [InlineData(" Addition. ,ADDITION,  U.S. history.", new[] { "addition", "us history" })]
    [InlineData("Keywords: no, Keywords: yes, maybe", new[] { "yes", "maybe" })]
    [InlineData("KEYWORDS:algebra\nlogic\r\n", new[] { "algebra", "logic" })]
    [InlineData(" , . ,,", new string[0])]
    [InlineData("", new string[0])]
    public void Of_Answer_IsItsPhrases(string answer, string[] phrases) => Assert.Equal(phrases, TaggerPhrases.Of(answer));

    [Fact]
    public void Recurring_SeveralAnswers_KeepsWhatRecursTheMostFrequentFirst() => Assert.Equal(
        ["logic", "algebra", "proofs"],
        TaggerPhrases.Recurring(["algebra, proofs, once", "Logic, algebra", "logic, proofs, other", "logic."], recur: 2));

    [Fact]
    public void Recurring_PhraseTwiceInOneAnswer_OccursOnce() =>
        Assert.Equal(["b"], TaggerPhrases.Recurring(["a, a, b", "b"], recur: 2));

    [Theory]
    [InlineData(1, new[] { "a", "b", "c" })]
    [InlineData(2, new[] { "a", "b" })]
    [InlineData(3, new[] { "a" })]
    [InlineData(4, new string[0])]
    public void Recurring_Recur_DecidesInHowManyAnswers(int recur, string[] phrases) =>
        Assert.Equal(phrases, TaggerPhrases.Recurring(["a", "a, b", "b, a, c"], recur));

    [Fact]
    public void Recurring_ManyPhrases_KeepsFive() =>
        Assert.Equal(["a", "b", "c", "d", "e"], TaggerPhrases.Recurring(["a, b, c", "d, e, f, g"], recur: 1));

    [Fact]
    public void Recurring_NoAnswers_IsNothing() => Assert.Empty(TaggerPhrases.Recurring([], recur: 2));

    [Theory]
    [InlineData("addition, long num", "addition")]
    [InlineData("addi", "")]
    public void WithoutLast_CutAnswer_LosesThePhraseThatMayBeHalf(string answer, string rest) =>
        Assert.Equal(rest, TaggerPhrases.WithoutLast(answer));
}
