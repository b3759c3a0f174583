using Orchestrator.Router.Outcomes;
using Orchestrator.TestKit;

namespace Orchestrator.Router.Tests.Outcomes;

public sealed class WholeFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Try_FolderThatCanBeWritten_LeavesNothingAndTheFileAsItIs()
    {
        File.WriteAllText(_folder.File("kept"), "text");

        WholeFile.Try(_folder.File("kept"));
        WholeFile.Try(_folder.File("new"));

        Assert.Equal([_folder.File("kept")], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("text", File.ReadAllText(_folder.File("kept")));
    }

    [Fact]
    public void Try_FolderMissingOrInTheWay_Throws()
    {
        Assert.ThrowsAny<IOException>(() => WholeFile.Try(Path.Combine(_folder.Path, "nope", "new")));
        Assert.ThrowsAny<IOException>(() => WholeFile.Try(_folder.Path));
    }
}
