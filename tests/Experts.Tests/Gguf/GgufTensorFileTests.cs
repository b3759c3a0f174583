using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class GgufTensorFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Floats_EveryTensor_AreTheNumbersWritten()
    {
        var made = TinyGguf.Random();
        using var file = GgufTensorFile.Open(made.Save(_folder.Path));

        foreach (var tensor in file.Header.Tensors)
            Assert.Equal(made.Tensor(tensor.Name).Values, file.Floats(tensor));
    }

    [Fact]
    public void Floats_DataBeyondTheEnd_IsRefused()
    {
        using var file = GgufTensorFile.Open(TinyGguf.Random().Save(_folder.Path));
        var last = file.Header.Tensors[^1];

        Refused(file, last with { Offset = last.Offset + 4 }, "beyond the end");
        Refused(file, last with { Offset = ulong.MaxValue }, "beyond the end");
        Refused(file, last with { Shape = [long.MaxValue] }, "beyond the end");
    }

    [Fact]
    public void Floats_OtherType_IsRefused()
    {
        using var file = GgufTensorFile.Open(TinyGguf.Random().WithTensor("halves", [32], 1).Save(_folder.Path));

        Refused(file, file.Header.Tensors[^1], "'halves' is of type F16, it must be F32");
    }

    [Fact]
    public void Open_NoSuchFile_SaysSo() => Assert.Contains(
        "does not exist", Assert.Throws<GgufException>(() => GgufTensorFile.Open(_folder.File("none.gguf"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_DamagedHeader_IsRefusedAndTheFileIsFree()
    {
        var path = _folder.File("bad.gguf");
        File.WriteAllBytes(path, new byte[100]);

        Assert.Throws<GgufException>(() => GgufTensorFile.Open(path));
        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    static void Refused(GgufTensorFile file, GgufTensor tensor, string reason) => Assert.Contains(
        reason, Assert.Throws<GgufException>(() => file.Floats(tensor)).Message, StringComparison.Ordinal);
}
