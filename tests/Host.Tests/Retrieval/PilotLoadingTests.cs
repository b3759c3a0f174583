using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Retrieval;
using Orchestrator.Host.Tests.Embedding;
using Orchestrator.Router.Pilots;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Retrieval;

public sealed class PilotLoadingTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ListLogger _logger = new();

    public PilotLoadingTests()
    {
        TinyGguf.Saying("fine").Save(_folder.Path, "model.gguf");
        TinyGguf.Saying("fine").Save(_folder.Path, "twin.gguf");
        Write(EmbeddingService.Library());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_FittingFile_IsTheLibrary() => Assert.Equal(["medicine", "finance", "base"], Load()!.Experts);

    [Fact]
    public void Load_NoneConfigured_IsNone() => Assert.Null(Load(""));

    [Fact]
    public void Load_NotTrainedYet_IsNoneAndSaysHow()
    {
        File.Delete(_folder.File("pilots.json"));

        Assert.Null(Load());
        Assert.Contains("orchestrator train pilots", Assert.Single(_logger.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PilotsOfExpertsThatAreGone_AreIgnoredWithAWarning()
    {
        Write(EmbeddingService.Library(new("past", "gone", [0, 0, 1], 3), new("else", "other", [0, 0, 1], 3)));

        Assert.Equal(["medicine", "finance", "base"], Load()!.Experts);
        Assert.Equal(2, _logger.Warnings.Count);
        Assert.Contains("'gone'", _logger.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BaseWithoutFile_IsNone()
    {
        File.Delete(_folder.File("model.gguf"));

        Assert.Null(Load());
        Assert.Contains("has no file", Assert.Single(_logger.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherSpaceThanTheBaseHasNow_IsRefused()
    {
        TinyGguf.Saying("xyz").Save(_folder.Path, "model.gguf");

        Assert.Contains($"are of the space '{EmbeddingService.Space}', but 'base' now embeds into 'base@", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("null", "null instead of a library")]
    public void Load_MalformedFile_IsRefused(string text, string said)
    {
        File.WriteAllText(_folder.File("pilots.json"), text);

        Assert.Contains(said, Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherBaseThanConfigured_IsRefused() =>
        Assert.Contains("but retrieval.base is 'other'", Refused("retrieval: { pilots: pilots.json, base: other }\n"), StringComparison.Ordinal);

    [Fact]
    public void Load_BaseThatIsNotConfigured_IsRefused()
    {
        Write(new PilotLibrary("gone@0", "gone", [new("d", "gone", [1], 1)]));

        Assert.Contains("'gone', which is no expert", Refused(), StringComparison.Ordinal);
    }

    string Refused(string retrieval = "retrieval: { pilots: pilots.json }\n") => Assert.Throws<ConfigException>(() => Load(retrieval)).Message;

    PilotLibrary? Load(string retrieval = "retrieval: { pilots: pilots.json }\n")
    {
        var path = _folder.File("orchestrator.yaml");
        File.WriteAllText(path, retrieval + EmbeddingService.Experts + "\n");
        return new PilotLoading(_logger).Load(ConfigReader.Read(path));
    }

    void Write(PilotLibrary library) => PilotFile.Write(_folder.File("pilots.json"), library);
}
