using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.RouterEvaluation.Learning;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Learning;

public sealed class OptionGridTests
{
    [Fact]
    public void Apply_TwoOptions_TriesAllCombinations()
    {
        IReadOnlyList<Contender> contenders =
            OptionGrid.Apply([Contender.Of("nearest"), Contender.Of("random")], ["nearest.neighbours=4, 8", "nearest.sharpness=1,2"]);

        Assert.Equal(
            ["4 1", "4 2", "8 1", "8 2"],
            contenders[0].Candidates.Select(candidate => $"{candidate.Options["neighbours"]} {candidate.Options["sharpness"]}"));
        Assert.Empty(Assert.Single(contenders[1].Candidates).Options);
    }

    [Theory]
    [InlineData("neighbours=4")]
    [InlineData("nearest.neighbours")]
    [InlineData("nearest.neighbours=")]
    [InlineData("cleverest.neighbours=1")]
    [InlineData("nearest.neighbors=4")]
    [InlineData("nearest.neighbours=four")]
    [InlineData("nearest.neighbours=-1")]
    public void Apply_NoGridForAContender_SaysSo(string text) =>
        Assert.Contains("--try", Assert.Throws<EvalException>(() => OptionGrid.Apply([Contender.Of("nearest")], [text])).Message, StringComparison.Ordinal);
}
