using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.Tests.Evaluation.Statistics;

public sealed class McNemarTests
{
    [Fact]
    public void Of_Scores_CountsWhereTheyAgree() =>
        Assert.Equal(new McNemar(1, 2, 1, 3), McNemar.Of([1, 1, 1, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0, 0]));

    [Fact]
    public void Of_ScoreBetweenRightAndWrong_IsRefused() =>
        Assert.Throws<ArgumentException>(() => McNemar.Of([1, 0], [1, 0.5]));

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 5, 0.0625)]       // 2 / 2⁵
    [InlineData(5, 0, 0.0625)]
    [InlineData(1, 9, 0.021484375)]  // 2 · (1 + 10) / 2¹⁰
    [InlineData(2, 10, 0.03857421875)] // 2 · (1 + 12 + 66) / 2¹²
    public void P_Counts_IsExact(int onlyA, int onlyB, double p) => Assert.Equal(p, new McNemar(7, onlyA, onlyB, 9).P, 12);

    [Fact]
    public void P_ThousandsOfQuestions_DoesNotUnderflow()
    {
        // Normal approximation: z = 200 / √4000 = 3.16, p = 0.0016.
        Assert.InRange(new McNemar(0, 1900, 2100, 0).P, 0.0014, 0.0018);
    }
}
