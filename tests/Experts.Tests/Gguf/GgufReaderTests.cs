using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class GgufReaderTests
{
    const int Placeholder = 12_347;

    [Theory]
    [InlineData(2u)]
    [InlineData(3u)]
    public void Read_ValidFile_ReturnsHeader(uint version)
    {
        var header = Of(version).Header();

        Assert.Equal(version, header.Version);
        Assert.Equal("llama", header.Architecture);
        Assert.Equal(2, header.Integer("llama.block_count"));
        Assert.Equal(260, header.Tokens.Count);
        Assert.Equal("<|end|>", header.Tokens[TinyGguf.EndToken]);
        Assert.Equal(21, header.Tensors.Count);
        Assert.Equal([32L, 260], header.Tensors[0].Shape);
        Assert.Equal(0, header.DataStart % 32);
    }

    [Fact]
    public void Read_ShortArrays_AreKept()
    {
        var header = TinyGguf.Random().With("own.texts", (string[])["a", "", "ä"]).With("own.numbers", (uint[])[3, uint.MaxValue]).ToBytes().Header();

        Assert.Equal(["a", "", "ä"], header.Texts("own.texts"));
        Assert.Equal([3, uint.MaxValue], header.Integers("own.numbers"));
        Assert.Null(header.Texts("own.numbers"));
        Assert.Null(header.Integers("own.texts"));
    }

    [Fact]
    public void Read_LongArrayOfTexts_IsSkipped()
    {
        var header = TinyGguf.Random().With("own.texts", Enumerable.Repeat("a", 1025).ToArray()).With("own.after", 5u).ToBytes().Header();

        Assert.Null(header.Texts("own.texts"));
        Assert.Equal(5, header.Integer("own.after"));
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
        Refused(TinyGguf.Random().With("llama.block_counX", 2u).ToBytes().Patched("block_counX"u8, "block_count"u8), "'llama.block_count' appears twice");

    [Theory]
    [InlineData(0u)]
    [InlineData(48u)]
    public void Read_AlignmentNoPowerOfTwo_SaysSo(uint alignment) =>
        Refused(TinyGguf.Random().With("general.alignment", alignment).ToBytes(), "power of two");

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    public void Read_ImpossibleShape_NamesTheTensor(long size) =>
        Refused(TinyGguf.Random().WithTensor("hostile", [3, Placeholder], 0).ToBytes()
            .Patched(BitConverter.GetBytes((long)Placeholder), BitConverter.GetBytes(size)), "'hostile'");

    [Fact]
    public void Read_EveryTruncationOfTheHeader_IsRefused()
    {
        var whole = TinyGguf.Random().ToBytes();
        var headerBytes = (int)whole.Header().DataStart - 32;
        for (var length = 0; length < headerBytes; length++)
            Assert.Throws<GgufException>(() => whole[..length].Header());
    }

    [Theory]
    [InlineData(1UL << 28)]
    [InlineData(uint.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void Read_HostileLengthAnywhere_AllocatesLittle(ulong hostile)
    {
        var whole = TinyGguf.Random().ToBytes();
        for (var at = 8; at < (int)whole.Header().DataStart - 8; at++)
        {
            var bytes = whole.ToArray();
            BitConverter.TryWriteBytes(bytes.AsSpan(at), hostile);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Judge(bytes);
            // A text or two may swallow the rest of the file.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * whole.Length);
        }
    }

    /// <summary>Whatever the bytes: a header with a judgement, or the reader's own exception.</summary>
    [Fact]
    public void Read_SeededMutations_EndInHeaderOrGgufException()
    {
        var whole = TinyGguf.Random().ToBytes();
        var headerBytes = (int)whole.Header().DataStart;
        var random = new Random(20_261_123);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = Mutate(whole.ToArray(), headerBytes, random);
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
        using var folder = new TemporaryFolder();
        PathRefused(folder.File("no.gguf"), "does not exist");
        PathRefused(folder.Path, "folder");
        PathRefused("/dev/zero", "too few");
        PathRefused("a\0b", "does not exist");
    }

    /// <summary>As caches of downloads hold them: the link's own length is below that of any GGUF.</summary>
    [Fact]
    public void Read_ShortLink_ReadsItsTarget()
    {
        using var folder = new TemporaryFolder();
        TinyGguf.Random().Save(folder.Path, "blob");
        File.CreateSymbolicLink(folder.File("inner"), "blob");
        File.CreateSymbolicLink(folder.File("a.gguf"), "inner");
        File.CreateSymbolicLink(folder.File("dangling"), "nowhere-at-all-and-longer-than-a-header");

        Assert.Equal(GgufReader.Read(folder.File("blob")).FileBytes, GgufReader.Read(folder.File("a.gguf")).FileBytes);
        PathRefused(folder.File("dangling"), "does not exist");
    }

    static byte[] Of(uint version) => TinyGguf.Random().ToBytes().Patched([3, 0, 0, 0], BitConverter.GetBytes(version));

    static void PathRefused(string path, string reason) =>
        Assert.Contains(reason, Assert.Throws<GgufException>(() => GgufReader.Read(path)).Message, StringComparison.Ordinal);

    static void Refused(byte[] bytes, string reason) =>
        Assert.Contains(reason, Assert.Throws<GgufException>(() => bytes.Header()).Message, StringComparison.Ordinal);

    /// <summary>All that the service computes from a header; true when it could be read.</summary>
    static bool Judge(byte[] bytes)
    {
        try
        {
            var header = bytes.Header();
            _ = GgufRules.Refusal(header);
            Assert.True(GgufFacts.From(header).Parameters >= 0);
            Assert.True(MemoryEstimate.Of(header, new() { Id = "x", File = "x" }) is { Weights: >= 0, Own: >= 0 });
            return true;
        }
        catch (GgufException)
        {
            return false;
        }
    }

    static byte[] Mutate(byte[] bytes, int headerBytes, Random random)
    {
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(Math.Min(bytes.Length, headerBytes));
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
