using Orchestrator.Experts.Trial;
using Orchestrator.LlamaCpp.Embedding;

namespace Orchestrator.Experts.Tests.Trial;

public sealed class TrialArgumentTests
{
    [Theory]
    [InlineData("/m/a b.gguf", null)]
    [InlineData("{odd}.gguf", null)]
    [InlineData("/m/\"a\".gguf", "chatml")]
    public void Write_Candidate_ParsesBack(string file, string? template)
    {
        var candidate = new TrialCandidate(file, template);
        Assert.Equal(candidate, TrialArgument.Parse(TrialArgument.Write(candidate)));
    }

    [Fact]
    public void Write_CandidateThatEmbeds_ParsesBack()
    {
        var candidate = new TrialCandidate("/m/a.gguf", Embeds: EmbeddingPooling.Model);
        Assert.Equal(candidate, TrialArgument.Parse(TrialArgument.Write(candidate)));
        Assert.NotEqual(new TrialCandidate("/m/a.gguf"), candidate);
    }

    [Fact]
    public void Write_PathAlone_StaysAsTyped() => Assert.Equal("/m/a.gguf", TrialArgument.Write(new("/m/a.gguf")));

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    public void Parse_BrokenJson_Throws(string argument) => Assert.Throws<FormatException>(() => TrialArgument.Parse(argument));
}
