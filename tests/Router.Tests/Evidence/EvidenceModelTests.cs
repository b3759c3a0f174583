using Orchestrator.Router.Evidence;

namespace Orchestrator.Router.Tests.Evidence;

public sealed class EvidenceModelTests
{
    [Fact]
    public void Believe_SurerAnswer_IsBelievedMore()
    {
        EvidenceModel model = EvidenceSamples.Model();

        double[] beliefs = [.. new[] { 0, -0.01, -0.1, -1, -4 }.Select(least => model.Believe(0.5, new AnswerEvidence(least, least)))];

        Assert.Equal(beliefs.OrderDescending(), beliefs);
        Assert.InRange(beliefs[0], 0.9, 1);
        Assert.InRange(beliefs[^1], 0, 0.1);
    }

    [Fact]
    public void Believe_BetterTextScore_IsBelievedMore()
    {
        EvidenceModel model = EvidenceSamples.Model();
        var answer = new AnswerEvidence(-0.3, -0.1);

        Assert.True(model.Believe(0.9, answer) > model.Believe(0.1, answer) + 0.1);
    }

    [Fact]
    public void Fit_NoWrongAnswer_IsNoModel() =>
        Assert.Null(EvidenceModel.Fit([new EvidenceSample(1, new AnswerEvidence(-0.1, -0.1), Right: true)]));

    [Fact]
    public void Of_LogProbabilities_AreLeastAndMean()
    {
        AnswerEvidence evidence = AnswerEvidence.Of([-1f, -0.5f, 0f])!.Value;

        Assert.Equal((-1, -0.5), (evidence.Least, evidence.Mean));
        Assert.Null(AnswerEvidence.Of([]));
    }
}
