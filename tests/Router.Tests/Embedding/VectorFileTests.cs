using Orchestrator.Router.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class VectorFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _path;

    public VectorFileTests()
    {
        _path = _folder.File("vectors.bin");
        VectorFile.Write(_path, 2, new Dictionary<UInt128, float[]>
        {
            [VectorFile.KeyOf("one")] = [1, 0],
            [VectorFile.KeyOf("two")] = [0.6f, -0.8f],
        });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Written_IsTheSame()
    {
        Dictionary<UInt128, float[]> read = VectorFile.Read(_path, 2);

        Assert.Equal(2, read.Count);
        Assert.Equal([1, 0], read[VectorFile.KeyOf("one")]);
        Assert.Equal([0.6f, -0.8f], read[VectorFile.KeyOf("two")]);
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        byte[] whole = File.ReadAllBytes(_path);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(_path, changed);
            Assert.Throws<EmbedderFileException>(() => VectorFile.Read(_path, 2));
        }
    }

    [Fact]
    public void Read_CutShort_IsRefused()
    {
        byte[] whole = File.ReadAllBytes(_path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            Assert.Throws<EmbedderFileException>(() => VectorFile.Read(_path, 2));
        }
    }

    [Fact]
    public void Read_OtherDimensions_IsRefused() =>
        Assert.Contains("2 dimensions, not 3", Assert.Throws<EmbedderFileException>(() => VectorFile.Read(_path, 3)).Message);
}
