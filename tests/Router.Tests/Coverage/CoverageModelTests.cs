using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Tests.Coverage;

public sealed class CoverageModelTests
{
    static readonly CoverageModel Model = CoverageModel.Fit(CoverageTables.Profile, CoverageTables.Options)!;

    [Fact]
    public void Judge_KnownQuestionAndItsSpecialist_IsCovered()
    {
        RouteCoverage coverage = Judge(CoverageTables.Sum, "abacus");

        Assert.Equal(CoverageVerdict.Covered, coverage.Verdict);
        Assert.InRange(coverage.Percentile, 0, 0.99);
        Assert.InRange(coverage.Distance, double.MinValue, Model.NovelFrom);
        Assert.Null(coverage.Better);
    }

    [Fact]
    public void Judge_KnownQuestionAndAnotherExpert_NamesTheBetterOne()
    {
        RouteCoverage coverage = Judge(CoverageTables.Sum, "cipher");

        Assert.Equal(CoverageVerdict.WrongSpecialist, coverage.Verdict);
        Assert.Equal("abacus", coverage.Better);
        Assert.StartsWith("abacus (0.8", coverage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_BetterExpertThatIsAway_DoesNotCount() =>
        Assert.NotEqual(CoverageVerdict.WrongSpecialist, Judge(CoverageTables.Sum, "generalist", "cipher", "generalist").Verdict);

    [Fact]
    public void Judge_KnownQuestionThatNobodySolves_HasNoSpecialist()
    {
        RouteCoverage coverage = Judge(CoverageTables.Riddle, "abacus");

        Assert.Equal(CoverageVerdict.NoSpecialist, coverage.Verdict);
        Assert.Contains("Nobody is reliable", coverage.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ForeignQuestion_IsNovelWhoeverIsChosen()
    {
        RouteCoverage coverage = Judge(CoverageTables.Foreign, "abacus");

        Assert.Equal(CoverageVerdict.Novel, coverage.Verdict);
        Assert.True(coverage.Distance > Model.NovelFrom);
        Assert.True(coverage.Percentile > 0.98);
    }

    [Theory]
    [InlineData(0.8, true)]
    [InlineData(0.79, false)]
    public void Judge_ForeignQuestion_IsOverconfidentFromAHighConfidenceOn(double claimed, bool expected) =>
        Assert.Equal(expected, Model.Judge(
            CoverageTables.Profile.Features(CoverageTables.Foreign), "abacus", CoverageTables.All, claimed).IsOverconfident);

    [Fact]
    public void Judge_OnlyExpertsThatWereNotProfiled_HasNoSpecialist() =>
        Assert.Equal(CoverageVerdict.NoSpecialist, Judge(CoverageTables.Sum, "stranger", "stranger").Verdict);

    [Fact]
    public void PercentileOf_Distances_RisesFromNothingToAll()
    {
        Assert.Equal(0, Model.PercentileOf(double.MinValue));
        Assert.InRange(Model.PercentileOf(Model.NovelFrom), 0.98, 1);
        Assert.Equal(1, Model.PercentileOf(double.MaxValue));
    }

    [Fact]
    public void Of_ExpertOfTheProfile_IsItsScoreInTheRegionAlone()
    {
        int region = Judge(CoverageTables.Sum, "abacus").Region;

        Assert.True(Model.Of("abacus", region)!.Value.Lower > 0.7);
        Assert.True(Model.Of("cipher", region)!.Value.Upper < 0.3);
        Assert.Null(Model.Of("stranger", region));
    }

    [Fact]
    public void Fit_TooFewQuestions_IsNoModel()
    {
        var few = new OutcomeTable("", CoverageTables.Table.Experts, [.. CoverageTables.Table.Rows.Take(CoverageModel.Least - 1)]);

        Assert.Null(CoverageModel.Fit(CoverageTables.Of(few)));
    }

    /// <summary>Of equal questions none is farther away than another, and no two folds have them.</summary>
    [Fact]
    public void Fit_EqualQuestions_KnowsThem()
    {
        var same = new OutcomeTable("", ["a"], [.. Enumerable.Range(0, CoverageModel.Least).Select(i =>
            new OutcomeRow($"{i}", "What is 1 + 1?", [], [new Outcome(1, null)]))]);
        Profile profile = CoverageTables.Of(same);
        CoverageModel model = CoverageModel.Fit(profile)!;

        Assert.Equal(
            CoverageVerdict.Covered, model.Judge(profile.Features("What is 1 + 1?"), "a", ["a"], 1).Verdict);
    }

    [Fact]
    public void Fit_OptionOutOfRange_IsRefused() => Assert.Throws<ValidationException>(
        () => CoverageModel.Fit(CoverageTables.Profile, new CoverageOptions { NovelQuantile = 2 }));

    static RouteCoverage Judge(string question, string chosen, params string[] available) => Model.Judge(
        CoverageTables.Profile.Features(question), chosen, available.Length > 0 ? available : CoverageTables.All, claimed: 0.9);
}
