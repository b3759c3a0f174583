using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Feedback;

namespace Orchestrator.Router.Tests.Feedback;

public sealed class FeedbackEvidenceTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(30, 0.25)]
    [InlineData(60, 0.125)]
    [InlineData(-5, 0.5)]
    public void Of_HalfLife_HalvesWhatIsSoOld(int days, double weight)
    {
        var options = new FeedbackConfig { HalfLife = TimeSpan.FromDays(30) };

        FeedbackEvidence evidence =
            FeedbackEvidence.Of([Verdicts.Of("a", "q", "x", 1)], options, Verdicts.Now + TimeSpan.FromDays(days));

        Assert.Equal(weight, evidence.Rows[0].Weight, 6);
    }

    [Fact]
    public void Of_NoHalfLife_NeverForgets()
    {
        FeedbackEvidence evidence =
            FeedbackEvidence.Of([Verdicts.Of("a", "q", "x", 1)], new FeedbackConfig(), Verdicts.Now + TimeSpan.FromDays(5000));

        Assert.Equal(0.5, evidence.Rows[0].Weight);
    }
}
