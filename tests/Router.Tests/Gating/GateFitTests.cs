using Orchestrator.Router.Gating;
using Xunit;

namespace Orchestrator.Router.Tests.Gating;

public class GateFitTests
{
    /// <summary>Passages help where they are near, and spoil the answer where they are far.</summary>
    static List<GateExample> Examples(int count, double helps = 1, double spoils = 0)
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, count).Select(index => index % 2 == 0
                ? new GateExample(Features(0.8 + Noise(), 0.9), helps, 0)
                : new GateExample(Features(0.3 + Noise(), 0.1), spoils, 1)),
        ];

        double Noise() => (random.NextDouble() - 0.5) * 0.2;
    }

    static GateFeatures Features(double similarity, double overlap) => new(similarity, 0.1, overlap, 0.5, 0.5);

    [Fact]
    public void Fit_PassagesHelpWhereTheyAreNear_RetrievesThere()
    {
        var gate = GateFit.Fit(Examples(100), "stock");

        Assert.True(gate.Decide(Features(0.8, 0.9)).Retrieves);
        Assert.False(gate.Decide(Features(0.3, 0.1)).Retrieves);
        Assert.Equal((0.5, 0.5, 1.0, 0.5), (gate.Fitted.Never, gate.Fitted.Always, gate.Fitted.Gated, gate.Fitted.Retrieved));
    }

    [Fact]
    public void Fit_PassagesNeverHelp_NeverRetrieves()
    {
        var gate = GateFit.Fit(Examples(100, helps: 0, spoils: 1), "stock");

        Assert.Equal(0, gate.Fitted.Retrieved);
        Assert.False(gate.Decide(Features(0.8, 0.9)).Retrieves);
    }

    [Fact]
    public void Fit_GainBelowItsPrice_NeverRetrieves()
    {
        var gate = GateFit.Fit(Examples(100, helps: 0.05), "stock", price: 0.1);

        Assert.Equal(0, gate.Fitted.Retrieved);
    }

    [Fact]
    public void Fit_TooFewQuestions_SaysHowManyItNeeds()
    {
        var problem = Assert.Throws<ArgumentException>(() => GateFit.Fit(Examples(GateFit.LeastQuestions - 1), "stock"));

        Assert.Contains("at least 50 answered questions, there are 49", problem.Message, StringComparison.Ordinal);
    }
}
