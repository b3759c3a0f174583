using Orchestrator.Experts;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.Tests.Pipeline;

public sealed class WaitWordsTests
{
    [Theory]
    [InlineData(Residency.Resident, false, "queued for abacus, 3 wait")]
    [InlineData(Residency.Loading, false, "loading abacus, 42%")]
    [InlineData(Residency.Cold, false, "waiting for room to load abacus")]
    [InlineData(Residency.Draining, false, "waiting for room to load abacus")]
    [InlineData(Residency.Resident, true, "abacus reads the prompt")]
    public void Of_EachState_SaysWhatIsWaitedFor(Residency residency, bool hasModel, string words)
    {
        var expert = new ExpertSnapshot { Id = "abacus", Residency = residency, WaitingRequests = 3, LoadProgress = 0.429 };

        Assert.Equal(words, WaitWords.Of("abacus", expert, hasModel, variants: true));
    }

    [Theory]
    [InlineData(Residency.Loading, true, "loading abacus, variant q4")]
    [InlineData(Residency.Resident, true, "queued for abacus, 3 wait")]
    [InlineData(Residency.Cold, true, "waiting for room to load abacus")]
    [InlineData(Residency.Loading, false, "waiting for room to load abacus")]
    [InlineData(Residency.Resident, false, "waiting for room to load abacus")]
    public void Of_ColdExpertWithAVariant_SaysWhereThatStands(Residency variant, bool allowed, string words)
    {
        var expert = new ExpertSnapshot
        {
            Id = "abacus",
            Residency = Residency.Cold,
            WaitingRequests = 3,
            Variants = [new VariantSnapshot("q4", variant, 0, 1, null)],
        };

        Assert.Equal(words, WaitWords.Of("abacus", expert, hasModel: false, allowed));
    }

    [Fact]
    public void Of_RemovedExpert_StillNamesIt() => Assert.Equal("waiting for abacus", WaitWords.Of("abacus", null, hasModel: false, variants: true));
}
