using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Tests.Evidence;

public sealed class EvidenceFitTests
{
    static readonly PolicyConfig Policy = new("auto", "nearest", new Dictionary<string, string>(), 1);

    [Fact]
    public void Fit_DoubtTellsWhoIsRight_FindsTheRightOneWithinTheBudget()
    {
        (OutcomeTable outcomes, EvidenceTable evidence) = Profile();

        Cascade cascade = EvidenceFit.Fit(Policy, outcomes, evidence, most: 2, budget: 1.6)!;
        var played = EvidenceFit.Route(Policy, outcomes, EvidenceFit.Single)
            .Select(row => (row.Row, Result: EvidenceFit.Play(cascade, row, evidence, most: 2))).ToArray();

        Assert.InRange(played.Average(pair => pair.Row.Outcomes[outcomes.ColumnOf(pair.Result.Expert!)]!.Value.Score), 0.95, 1);
        Assert.InRange(played.Average(pair => pair.Result.Asked), 1.1, 1.7);
    }

    [Fact]
    public void Fit_BudgetOfOneExpert_NeverAsksASecond()
    {
        (OutcomeTable outcomes, EvidenceTable evidence) = Profile();

        Cascade cascade = EvidenceFit.Fit(Policy, outcomes, evidence, most: 2, budget: 1)!;

        Assert.All(
            EvidenceFit.Route(Policy, outcomes, EvidenceFit.Single),
            row => Assert.Equal(1, EvidenceFit.Play(cascade, row, evidence, most: 2).Asked));
    }

    [Fact]
    public void Fit_NoEvidence_IsNone() =>
        Assert.Null(EvidenceFit.Fit(Policy, Profile().Outcomes, EvidenceTable.Empty, most: 2, budget: 1.1));

    [Fact]
    public void Whole_QuestionsOfOneWording_FallIntoOneFold()
    {
        OutcomeTable outcomes = Profile().Outcomes;

        Func<OutcomeRow, int> fold = EvidenceFit.Whole(outcomes);

        Assert.Single(outcomes.Rows.Select(fold).Distinct());
    }

    /// <summary>The text says nothing of whether a is right or b; doubt says all.</summary>
    static (OutcomeTable Outcomes, EvidenceTable Evidence) Profile()
    {
        bool[] first = [.. Enumerable.Range(0, 60).Select(i => i * 7919 % 13 < 7)];
        return (
            new OutcomeTable("", ["a", "b"],
                [.. first.Select((right, i) => new OutcomeRow($"q{i}", $"What is {i} squared?", [], [new Outcome(right ? 1 : 0, 5), new Outcome(right ? 0 : 1, 5)]))]),
            new EvidenceTable("", ["a", "b"],
                [.. first.Select((right, i) => new EvidenceRow($"q{i}", [Answer(right), Answer(!right)]))]));
    }

    static AnswerEvidence Answer(bool right) => right ? new AnswerEvidence(-0.01, -0.001) : new AnswerEvidence(-2, -0.4);
}
