using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit.Gguf;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class GgufReaderTests
{
    [Theory]
    [InlineData(2u)]
    [InlineData(3u)]
    public void Read_ValidFile_ReturnsHeader(uint version)
    {
        var header = Read(Of(version));

        Assert.Equal(version, header.Version);
        Assert.Equal("llama", header.Architecture);
        Assert.Equal(1, header.Integer("llama.block_count"));
        Assert.Equal(["a", "b", "c", "<|end|>"], header.Tokens);
        Assert.Equal(11, header.Tensors.Count);
        Assert.Equal([32L, 4], header.Tensors[0].Shape);
        Assert.Equal(0, header.DataStart % 32);
    }

    [Theory]
    [InlineData(1u, "version is 1, allowed are 2 and 3")]
    [InlineData(4u, "version is 4, allowed are 2 and 3")]
    [InlineData(0x03000000u, "big-endian")]
    public void Read_OtherVersion_SaysWhichAreAllowed(uint version, string reason) =>
        Refused(Of(version), reason);

    [Fact]
    public void Read_OtherMagic_SaysSo() => Refused("GGML, and then some more bytes"u8.ToArray(), "does not begin with 'GGUF'");

    [Fact]
    public void Read_DuplicateKey_NamesIt() =>
        Refused(GgufBytes.Valid().Again("llama.block_count", 2u).Build(), "'llama.block_count' appears twice");

    [Theory]
    [InlineData(0u)]
    [InlineData(48u)]
    public void Read_AlignmentNoPowerOfTwo_SaysSo(uint alignment) =>
        Refused(GgufBytes.Valid().With("general.alignment", alignment).Build(), "power of two");

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    public void Read_ImpossibleShape_NamesTheTensor(long size) =>
        Refused(GgufBytes.Valid().Tensor("hostile", [3, size], 0).Build(), "'hostile'");

    [Fact]
    public void Read_EveryTruncationOfTheHeader_IsRefused()
    {
        var whole = GgufBytes.Valid().Build();
        var headerBytes = (int)Read(whole).DataStart - 32;
        for (var length = 0; length < headerBytes; length++)
            Assert.Throws<GgufException>(() => Read(whole[..length]));
    }

    [Theory]
    [InlineData(1UL << 28)]
    [InlineData(uint.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void Read_HostileLengthAnywhere_AllocatesLittle(ulong hostile)
    {
        var whole = GgufBytes.Valid().Build();
        for (var at = 8; at < (int)Read(whole).DataStart - 8; at++)
        {
            var bytes = whole.ToArray();
            BitConverter.TryWriteBytes(bytes.AsSpan(at), hostile);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Judge(bytes);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    /// <summary>Whatever the bytes: a header with a judgement, or the reader's own exception.</summary>
    [Fact]
    public void Read_SeededMutations_EndInHeaderOrGgufException()
    {
        var whole = GgufBytes.Valid().Build();
        var random = new Random(20_261_123);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = Mutate(whole.ToArray(), random);
            if (Judge(bytes))
                read++;
            else
                refused++;
        }

        Assert.True(read > 100 && refused > 100, $"the mutations are one-sided: {read} read, {refused} refused");
    }

    [Fact]
    public void Read_Path_RefusesWhatIsNoFile()
    {
        var folder = Directory.CreateTempSubdirectory();
        Assert.Contains("does not exist", Assert.Throws<GgufException>(() => GgufReader.Read(Path.Combine(folder.FullName, "no"))).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<GgufException>(() => GgufReader.Read(folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Contains("too few", Assert.Throws<GgufException>(() => GgufReader.Read("/dev/zero")).Message, StringComparison.Ordinal);
        folder.Delete();
    }

    static byte[] Of(uint version)
    {
        var file = GgufBytes.Valid();
        file.Version = version;
        return file.Build();
    }

    static GgufHeader Read(byte[] bytes) => GgufReader.Read(new MemoryStream(bytes), bytes.Length);

    static void Refused(byte[] bytes, string reason) =>
        Assert.Contains(reason, Assert.Throws<GgufException>(() => Read(bytes)).Message, StringComparison.Ordinal);

    /// <summary>All that the service computes from a header; true when it could be read.</summary>
    static bool Judge(byte[] bytes)
    {
        try
        {
            var header = Read(bytes);
            _ = GgufRules.Refusal(header);
            Assert.True(GgufFacts.From(header).Parameters >= 0);
            Assert.True(MemoryEstimate.Bytes(header, new() { Id = "x", File = "x" }) >= 0);
            return true;
        }
        catch (GgufException)
        {
            return false;
        }
    }

    static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(bytes.Length * 3 / 4);
            switch (random.Next(4))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)).Fill((byte)(random.Next(2) * 255)); break;
                default: bytes = bytes[..Math.Max(at, 64)]; break;
            }
        }

        return bytes;
    }
}
