using Orchestrator.Experts.Trial;

namespace Orchestrator.Experts.Tests.Trial;

public sealed class TrialLineTests
{
    [Theory]
    [InlineData("llama_model_loader: loaded meta data")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"file\":")]
    public void TryParse_OtherLine_IsNull(string line) => Assert.Null(TrialLine.TryParse(line));

    [Fact]
    public void TryParse_OwnLine_RoundTrips()
    {
        var line = new TrialLine("/m/ä \"x\".gguf", "it\nfailed");
        Assert.Equal(line, TrialLine.TryParse(line.ToJson()));
        Assert.DoesNotContain('\n', line.ToJson());
    }
}
