using System.Text;
using Orchestrator.Jobs.Batches;

namespace Orchestrator.Jobs.Tests.Batches;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("a\n\nb", "1:a 2: 3:b")]
    [InlineData("\uFEFFa\nb\n", "1:a 2:b")]
    [InlineData("12345678\nb", "1:12345678 2:b")]
    [InlineData("123456789\nb", "1:? 2:b")]
    [InlineData("a\n123456789", "1:a 2:?")]
    public async Task NextAsync_Text_GivesLinesWithinTheLimit(string text, string expected) =>
        Assert.Equal(expected, await ReadAsync(Encoding.UTF8.GetBytes(text), longest: 8));

    [Fact]
    public async Task NextAsync_LineOfManyMegabytes_IsPassedOverInLittleMemory()
    {
        byte[] file = [.. Enumerable.Repeat((byte)'x', 20 << 20), (byte)'\n', (byte)'b'];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("1:? 2:b", await ReadAsync(file, longest: 1024));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    static async Task<string> ReadAsync(byte[] file, int longest)
    {
        var reader = new LineReader(new MemoryStream(file), longest);
        var seen = new List<string>();
        while (await reader.NextAsync(default) is { } line)
            seen.Add($"{line.Number}:{(line.Bytes is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "?")}");
        return string.Join(' ', seen);
    }
}
