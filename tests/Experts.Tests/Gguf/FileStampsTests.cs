using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class FileStampsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ExpertConfig _plain;
    readonly ExpertConfig _adapted;

    public FileStampsTests()
    {
        _plain = new ExpertConfig { Id = "a", File = Write("model.gguf", 10) };
        _adapted = _plain with { Adapter = Write("adapter.gguf", 3) };
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_ModelAlone_HasNoAdapter() =>
        Assert.Equal(new FileStamps(new FileStamp(10, DateTime.UnixEpoch), null), FileStamps.Of(_plain));

    [Fact]
    public void Of_ModelAndAdapter_HasBoth() => Assert.Equal(
        new FileStamps(new FileStamp(10, DateTime.UnixEpoch), new FileStamp(3, DateTime.UnixEpoch)), FileStamps.Of(_adapted));

    [Theory]
    [InlineData("model.gguf")]
    [InlineData("adapter.gguf")]
    public void Of_OneOfThemMissing_IsNull(string file)
    {
        File.Delete(_folder.File(file));

        Assert.Null(FileStamps.Of(_adapted));
    }

    [Theory]
    [InlineData("model.gguf", 11, 0)]
    [InlineData("model.gguf", 10, 1)]
    [InlineData("adapter.gguf", 4, 0)]
    [InlineData("adapter.gguf", 3, 1)]
    public void Of_LengthOrTimeOfEitherChanged_Differs(string file, int bytes, int secondsLater)
    {
        var before = FileStamps.Of(_adapted);
        Write(file, bytes, secondsLater);

        Assert.NotEqual(before, FileStamps.Of(_adapted));
    }

    [Fact]
    public void Of_AFolderInPlaceOfTheFile_IsNull() => Assert.Null(FileStamps.Of(_plain with { File = _folder.Path }));

    [Fact]
    public void Of_LinkToALink_IsTheFinalTargets()
    {
        File.CreateSymbolicLink(_folder.File("inner.gguf"), _plain.File);
        File.CreateSymbolicLink(_folder.File("outer.gguf"), _folder.File("inner.gguf"));

        Assert.Equal(FileStamps.Of(_plain), FileStamps.Of(_plain with { File = _folder.File("outer.gguf") }));
    }

    [Fact]
    public void Of_LinkToNothing_IsNull()
    {
        File.CreateSymbolicLink(_folder.File("dangling.gguf"), _folder.File("gone.gguf"));

        Assert.Null(FileStamps.Of(_plain with { File = _folder.File("dangling.gguf") }));
    }

    string Write(string name, int bytes, int seconds = 0)
    {
        var path = _folder.File(name);
        File.WriteAllBytes(path, new byte[bytes]);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(seconds));
        return path;
    }
}
