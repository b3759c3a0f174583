using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Prompts;

namespace Orchestrator.LlamaCpp.Tests.Prompts;

public sealed class RequestRulesTests
{
    [Theory]
    [InlineData(0.01f)]
    [InlineData(10f)]
    public void Check_RepeatPenaltyAtItsBound_IsAllowed(float penalty) =>
        RequestRules.Check(new SamplingOptions { RepeatPenalty = penalty });

    [Theory]
    [InlineData(0.0099f)]
    [InlineData(10.001f)]
    [InlineData(float.NaN)]
    public void Check_RepeatPenaltyOutOfRange_NamesTheBounds(float penalty)
    {
        var failure = Assert.Throws<GenerationException>(() => RequestRules.Check(new SamplingOptions { RepeatPenalty = penalty }));

        Assert.Contains("RepeatPenalty must be between 0.01 and 10.", failure.Message, StringComparison.Ordinal);
    }
}
