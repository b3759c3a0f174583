using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing.Automatic;
using Orchestrator.TestKit;

namespace Orchestrator.Router.Tests.Routing.Automatic;

public sealed class AutoChoiceFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Path => _folder.File("auto.json");

    [Fact]
    public void Read_Written_IsTheSame()
    {
        var options = new Dictionary<string, string> { ["penalty"] = "5" };
        AutoChoiceFile.Write(Path, new AutoChoice
        {
            Strategy = "ridge",
            Options = options,
            HeldOut = 0.75,
            Table = "abc",
            Questions = 9,
            Date = new DateOnly(2026, 1, 2),
            Candidates = [new AutoCandidate("ridge", options, 0.75, 0, 0, 0)],
            NotRun = [new AutoOmission("nearest", "Why.")],
        });

        AutoChoice read = AutoChoiceFile.Read(Path)!;

        Assert.Equal(("ridge (penalty: 5)", 0.75, "abc", 9), (read.Words, read.HeldOut, read.Table, read.Questions));
        Assert.Equal("ridge (penalty: 5)", Assert.Single(read.Candidates).Words);
        Assert.Equal(new AutoOmission("nearest", "Why."), Assert.Single(read.NotRun));
    }

    [Fact]
    public void Read_NoFile_IsNothing() => Assert.Null(AutoChoiceFile.Read(Path));

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"strategy": "nearest"}""")]
    [InlineData("""{"strategy": "auto", "options": {}, "heldOut": 1, "table": ""}""")]
    [InlineData("""{"strategy": "cleverest", "options": {}, "heldOut": 1, "table": ""}""")]
    public void Read_AnythingElse_NamesTheFileAndTheRemedy(string text)
    {
        File.WriteAllText(Path, text);

        var refused = Assert.Throws<ConfigException>(() => AutoChoiceFile.Read(Path));

        Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("train auto", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
