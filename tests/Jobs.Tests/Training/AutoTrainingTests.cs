using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Tests.RouterEvaluation;
using Orchestrator.Jobs.Training;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing.Automatic;

namespace Orchestrator.Jobs.Tests.Training;

public sealed class AutoTrainingTests
{
    static readonly OutcomeTable Table = new("small", RoutingSets.Small.Experts, [.. RoutingSets.Small.Rows.Select(row => row.Outcome)]);

    [Fact]
    public void Choose_Candidates_TakesTheBestOnHeldOutQuestions()
    {
        AutoChoice choice = Choose(Policy("best-single"), Policy("nearest", ("shrinkage", "1000")), Policy("nearest", ("shrinkage", "0.01")));

        Assert.Equal("nearest (shrinkage: 0.01)", choice.Words);
        Assert.Equal((OutcomeHash.Of(Table), Table.Rows.Count), (choice.Table, choice.Questions));
        Assert.Equal(choice.HeldOut, choice.Candidates[0].HeldOut);
        Assert.Equal((0, 0, 0), (choice.Candidates[0].Behind, choice.Candidates[0].Low, choice.Candidates[0].High));
    }

    [Fact]
    public void Choose_WorseCandidate_IsBehindByThePairedDifference()
    {
        AutoCandidate worse = Choose(Policy("best-single"), Policy("nearest")).Candidates[^1];

        Assert.Equal("best-single", worse.Strategy);
        Assert.InRange(worse.Behind, worse.Low, worse.High);
        Assert.True(worse.Low > 0);
    }

    [Fact]
    public void Choose_WrongOption_IsNotRunAndTheOthersAre()
    {
        AutoChoice choice = Choose(Policy("nearest", ("neighbours", "0")), Policy("best-single"));

        Assert.Equal("best-single", choice.Strategy);
        Assert.Contains("'0'", Assert.Single(choice.NotRun).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_NoneFits_SaysWhy() => Assert.Contains(
        "'0'", Assert.Throws<EvalException>(() => Choose(Policy("nearest", ("neighbours", "0")))).Message, StringComparison.Ordinal);

    static AutoChoice Choose(params PolicyConfig[] candidates) =>
        new AutoTraining(Table, QuestionSpace.Hashed([.. Table.Rows.Select(row => row.Question)]), new BootstrapOptions { Resamples = 200 })
            .Choose(candidates, new DateOnly(2026, 1, 2));

    static PolicyConfig Policy(string strategy, params (string Name, string Value)[] options) =>
        new(strategy, strategy, options.ToDictionary(option => option.Name, option => option.Value), 0);

    [Theory]
    [InlineData(-0.01, "ridge")]
    [InlineData(0.01, "stacked")]
    public void Chosen_StackingIsBest_MustBeBetterBeyondChance(double low, string chosen)
    {
        AutoCandidate[] ranked = [Candidate("stacked", 0), Candidate("ridge", low), Candidate("nearest", 0.02)];

        Assert.Equal(chosen, AutoTraining.Chosen(ranked).Strategy);
    }

    static AutoCandidate Candidate(string strategy, double low) => new(strategy, new Dictionary<string, string>(), 0.9, 0.01, low, 0.03);
}
