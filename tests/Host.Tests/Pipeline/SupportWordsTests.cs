using Orchestrator.Host.Pipeline;
using Orchestrator.Router.Coverage;

namespace Orchestrator.Host.Tests.Pipeline;

public sealed class SupportWordsTests
{
    [Fact]
    public void Of_Supported_TellsConfidenceVerdictAndDistance() => Assert.Equal(
        "with confidence 0.983; the question is covered, at distance 1.2 from what was profiled",
        SupportWords.Of(0.9831, new RouteCoverage(CoverageVerdict.Covered, 1.23, 0.5, Region: 3)));

    [Fact]
    public void Of_NothingKnown_SaysSoInWords() => Assert.Equal(
        "without a confidence; nothing profiled says how far to trust that", SupportWords.Of(null, null));
}
