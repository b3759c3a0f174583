using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class FileHashesTests : IDisposable
{
    const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    readonly TemporaryFolder _folder = new();
    readonly FileHashes _hashes = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sha256_File_IsTheKnownHash() => Assert.Equal(OfAbc, _hashes.Sha256(Write("abc", DateTime.UnixEpoch)));

    [Fact]
    public void Sha256_SameLengthAndTime_IsNotReadAgain()
    {
        _hashes.Sha256(Write("abc", DateTime.UnixEpoch));

        Assert.Equal(OfAbc, _hashes.Sha256(Write("xyz", DateTime.UnixEpoch)));
    }

    [Theory]
    [InlineData("xyz", 1)]
    [InlineData("abcd", 0)]
    public void Sha256_OtherLengthOrTime_IsReadAgain(string content, int secondsLater)
    {
        _hashes.Sha256(Write("abc", DateTime.UnixEpoch));
        string path = Write(content, DateTime.UnixEpoch.AddSeconds(secondsLater));

        Assert.Equal(new FileHashes().Sha256(path), _hashes.Sha256(path));
        Assert.NotEqual(OfAbc, _hashes.Sha256(path));
    }

    [Fact]
    public void Sha256_NoSuchFile_IsNull() => Assert.Null(_hashes.Sha256(_folder.File("none")));

    string Write(string content, DateTime written)
    {
        string path = _folder.File("file");
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, written);
        return path;
    }
}
