using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Tests.Skills;

/// <summary>Every number is worked out by hand from <see cref="SkillTables.Worked"/>; the experts are alg, gen, bad.</summary>
public sealed class RecruitWeightsTests
{
    static readonly SkillProfile Profile = new(SkillTables.Worked);
    static readonly PaperScores Paper = new();
    static readonly ShrunkScores Shrunk = new(prior: 5);

    /// <summary>
    /// s = n⁺ − n⁻ is 8, 4, −6 in algebra and −3, 3, −3 in biology; t = 5, 7, −9, shifted by 9 + 1 to 15, 17, 1 and squared
    /// to 225, 289, 1. Algebra: 8·225 = 1800, 4·289 = 1156, bad is out. Both skills: 5·225 = 1125, 7·289 = 2023.
    /// </summary>
    [Theory]
    [InlineData(new[] { 0 }, new[] { 1800 / 2956.0, 1156 / 2956.0, 0 })]
    [InlineData(new[] { 1 }, new[] { 0.0, 1, 0 })]
    [InlineData(new[] { 0, 1 }, new[] { 1125 / 3148.0, 2023 / 3148.0, 0 })]
    public void Of_PaperScores_AreThePapersShares(int[] skills, double[] shares) =>
        AssertShares(shares, Of(Paper, [0, 1, 2], skills));

    /// <summary>
    /// s = (n⁺ − n⁻) / (n + 5) is 8/15, 4/15, −6/15 in algebra and ∓3/10 in biology; t = (1 + mean s) / 2 is 67/120,
    /// 77/120, 39/120, squared in proportion to 4489, 5929, 1521. Algebra: 8·4489 = 35912, 4·5929 = 23716, bad is out.
    /// Both: means 7/60, 17/60 → 7·4489 = 31423, 17·5929 = 100793.
    /// </summary>
    [Theory]
    [InlineData(new[] { 0 }, new[] { 35912 / 59628.0, 23716 / 59628.0, 0 })]
    [InlineData(new[] { 1 }, new[] { 0.0, 1, 0 })]
    [InlineData(new[] { 0, 1 }, new[] { 31423 / 132216.0, 100793 / 132216.0, 0 })]
    public void Of_ShrunkScores_AreRatesTimesCompetency(int[] skills, double[] shares) =>
        AssertShares(shares, Of(Shrunk, [0, 1, 2], skills));

    /// <summary>Alg and bad are both at −3 in biology: shifted to 1 each, so competency decides, 15² = 225 against 1.</summary>
    [Fact]
    public void Of_PaperScoresAllNegative_ShiftsByTheMinimum() =>
        AssertShares([225 / 226.0, 1 / 226.0], Of(Paper, [0, 2], [1]));

    /// <summary>Both have the chance (1 − 0.3) / 2; competency decides, 4489 against 1521.</summary>
    [Fact]
    public void Of_ShrunkScoresAllNegative_WeighsByChances() =>
        AssertShares([4489 / 6010.0, 1521 / 6010.0], Of(Shrunk, [0, 2], [1]));

    /// <summary>Without a negative total nothing is shifted: t = 5, 7.</summary>
    [Fact]
    public void Of_PaperScoresTotalsPositive_AreNotShifted() =>
        AssertShares([8 * 25 / 396.0, 4 * 49 / 396.0], Of(Paper, [0, 1], [0]));

    [Fact]
    public void Of_TemperatureOne_TakesCompetencyAsItIs() =>
        AssertShares([8 * 15 / 188.0, 4 * 17 / 188.0, 0], Of(Paper, [0, 1, 2], [0], temperature: 1));

    [Theory]
    [InlineData(0.3, new[] { 1800 / 2956.0, 1156 / 2956.0, 0 })]
    [InlineData(0.5, new[] { 1.0, 0, 0 })]
    [InlineData(1.0, new[] { 1.0, 0, 0 })]
    public void Of_Trim_LeavesOutSmallSharesButNeverAll(double trim, double[] shares) =>
        AssertShares(shares, Of(Paper, [0, 1, 2], [0], trim: trim));

    [Fact]
    public void Of_OneExpert_HasItAll() => AssertShares([1], Of(Paper, [2], [0]));

    [Fact]
    public void Of_NoCompetencyWhereItSuits_DecidesBySuitability() =>
        AssertShares([1, 0], RecruitWeights.Of(Paper, [2, -1], [0, 9], 0.5, 1, 0));

    [Fact]
    public void Of_AllTotalsNought_TakesNobodyForMoreCompetent() =>
        AssertShares([0.75, 0.25], RecruitWeights.Of(Paper, [3, 1], [0, 0], 0.5, 1, 0));

    [Fact]
    public void Of_HugeTotalsAndLowTemperature_StayFinite() =>
        AssertShares([0.5, 0.5], RecruitWeights.Of(Paper, [1, 1], [1e200, 1e200], 0.05, 1, 0));

    /// <summary>Ten times the algebra questions, as well answered: the paper's weights follow algebra, the rates hardly move.</summary>
    [Fact]
    public void Over_OneSkillProfiledTenTimes_DominatesCountsOnly()
    {
        var (often, seldom) = (new SkillCount(90, 10), new SkillCount(0, 10));

        Assert.Equal(70, Paper.Over([Paper.Of(often), Paper.Of(seldom)], [1, 1]));
        Assert.InRange(Shrunk.Over([Shrunk.Of(often), Shrunk.Of(seldom)], [1, 1]), 0.04, 0.06);
    }

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(2, 0.9)]
    public void Of_Focus_DrawsTheMostSuitedMoreOften(double focus, double first) =>
        AssertShares([first, 1 - first], RecruitWeights.Of(Shrunk, [0.6, 0.2], [0, 0], 0.5, focus, 0));

    [Fact]
    public void Over_Weights_CountForRatesAndNotForCounts()
    {
        Assert.Equal(0.7, Shrunk.Over([0.9, 0.1], [3, 1]), 12);
        Assert.Equal(1, Paper.Over([0.9, 0.1], [3, 1]), 12);
    }

    static double[] Of(ISkillScores scores, int[] columns, int[] skills, double temperature = 0.5, double trim = 0) =>
        RecruitWeights.Of(scores, Sums(scores, columns, skills), Sums(scores, columns, [0, 1]), temperature, 1, trim);

    static double[] Sums(ISkillScores scores, int[] columns, int[] skills) =>
        [.. columns.Select(column => scores.InAll([.. skills.Select(skill => scores.Of(Profile.Count(column, skill)))]))];

    static void AssertShares(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 12));
    }
}
