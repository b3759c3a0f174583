using Orchestrator.Router.Skills;

namespace Orchestrator.Router.Tests.Skills;

public sealed class SkillWeightsTests
{
    [Fact]
    public void Of_SkillSomebodyIsReliableIn_CountsMore()
    {
        double[] weights = SkillWeights.Of([0.9, 0.45], decisive: 2);

        Assert.Equal(4, weights[0] / weights[1], 12);
    }

    [Fact]
    public void Of_NotDecisive_CountsAllTheSame() => Assert.Equal([1, 1, 1], SkillWeights.Of([0.9, 0.1, -0.5], decisive: 0));

    [Fact]
    public void Of_SkillNobodyIsReliableIn_StillCountsALittle() => Assert.InRange(SkillWeights.Of([-0.5], decisive: 4)[0], double.Epsilon, 1e-6);
}
