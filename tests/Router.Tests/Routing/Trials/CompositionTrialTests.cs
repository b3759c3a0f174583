using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Trials;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Routing.Trials;

public sealed class CompositionTrialTests
{
    /// <summary>Each takes 10 MiB; cipher is the largest.</summary>
    static readonly Dictionary<string, ExpertFacts> Facts = new()
    {
        ["abacus"] = new ExpertFacts { ResidentBytes = 10 << 20, ActiveParameters = 2_000_000 },
        ["cipher"] = new ExpertFacts { ResidentBytes = 10 << 20, ActiveParameters = 3_000_000 },
        ["novice"] = new ExpertFacts { ResidentBytes = 10 << 20, ActiveParameters = 1_000_000 },
    };

    [Fact]
    public void Describe_NoBudget_GivesEachKindItsExpert()
    {
        Composed composed = Fit([("found", "2")]).Describe();

        Assert.Equal(["abacus", "cipher"], composed.Categories.Select(category => category.Expert).Order());
        Assert.InRange(composed.HeldOut, 0.85, 0.95);
        Assert.True(composed.HeldOut > composed.BestSingle.Score);
        Assert.Equal((null, 20 << 20), (composed.Resident.Limit, composed.Resident.Used));
        Assert.Equal(composed.QualityWithoutBudget, composed.Quality);
    }

    [Fact]
    public void Describe_RoomForOne_SaysWhatTheBudgetCosts()
    {
        Composed composed = Fit([("found", "2"), ("resident_mib", "15")]).Describe();

        Assert.Single(composed.Categories.Select(category => category.Expert).Distinct());
        Assert.Equal((15 << 20, 10 << 20), (composed.Resident.Limit, composed.Resident.Used));
        Assert.True(composed.Quality < composed.QualityWithoutBudget - 0.2);
    }

    [Fact]
    public void ByResidentBytes_TwoKinds_IsOneExpertAndThenTwo()
    {
        BudgetFront front = Fit([("found", "2")]).ByResidentBytes();

        Assert.Equal([10 << 20, 20 << 20], front.Points.Select(point => point.Size));
        Assert.Equal([1, 2], front.Points.Select(point => point.Experts.Count));
        Assert.Equal(0, front.Gap);
    }

    [Fact]
    public void ByMeanActive_UnknownParameters_IsEmptyAndSaysWhy()
    {
        var trial = CompositionTrial.Fit(Policy([]), Profiles.Table, Space(Profiles.Table), new Dictionary<string, ExpertFacts>(), [])!;

        BudgetFront front = trial.ByMeanActive();

        Assert.Empty(front.Points);
        Assert.Contains("unknown", Assert.Single(front.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resident_mib", "5", "smallest budget that works is 10485760 bytes")]
    [InlineData("active_millions", "0.5", "smallest budget that works is 1000000 active parameters (novice)")]
    [InlineData("categories", "given", "No profiled question has a category")]
    [InlineData("categories", "skill", "No profiled question has a skill")]
    [InlineData("generalist", "nobody", "'nobody' is not among the profiled experts")]
    [InlineData("residence", "5", "no option 'residence'")]
    public void Fit_WhatCannotBe_SaysWhatCould(string option, string value, string expected)
    {
        var problems = new List<string>();

        Assert.Null(CompositionTrial.Fit(Policy([(option, value)]), Profiles.Table, Space(Profiles.Table), Facts, problems));
        Assert.Contains(expected, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OtherStrategy_IsAProblem()
    {
        var problems = new List<string>();

        Assert.Null(CompositionTrial.Fit(Policy([]) with { Strategy = "nearest" }, Profiles.Table, Space(Profiles.Table), Facts, problems));
        Assert.Contains("not 'composition'", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_FewQuestions_IsAProblem()
    {
        var few = new OutcomeTable("", Profiles.Table.Experts, [.. Profiles.Table.Rows.Take(4)]);
        var problems = new List<string>();

        Assert.Null(CompositionTrial.Fit(Policy([]), few, Space(few), Facts, problems));
        Assert.Contains("4 profiled questions are too few", Assert.Single(problems), StringComparison.Ordinal);
    }

    static CompositionTrial Fit((string, string)[] options) =>
        CompositionTrial.Fit(Policy(options), Profiles.Table, Space(Profiles.Table), Facts, [])!;

    static PolicyConfig Policy((string Name, string Value)[] options) =>
        new("p", "composition", options.ToDictionary(option => option.Name, option => option.Value), 1);

    static QuestionSpace Space(OutcomeTable table) => QuestionSpace.Hashed([.. table.Rows.Select(row => row.Question)]);
}
