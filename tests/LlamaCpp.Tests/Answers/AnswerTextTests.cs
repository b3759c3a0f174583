using System.Text;
using Orchestrator.LlamaCpp.Answers;

namespace Orchestrator.LlamaCpp.Tests.Answers;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("é€😀 ñandú 你好")]
    public void Feed_ByteByByte_GivesWholeCharactersOnly(string expected)
    {
        var text = new AnswerText([]);

        var pieces = Encoding.UTF8.GetBytes(expected).Select(value => text.Feed([value])).ToArray();

        Assert.Equal(expected, string.Concat(pieces));
        Assert.DoesNotContain(pieces, piece => piece.Length > 0 && char.IsSurrogate(piece[0]) != char.IsSurrogate(piece[^1]));
        Assert.All(pieces, piece => Assert.InRange(piece.EnumerateRunes().Count(), 0, 1));
    }

    [Fact]
    public void Feed_InvalidBytes_AreReplacedAndGoOn()
    {
        var text = new AnswerText([]);

        Assert.Equal("a\uFFFDb", text.Feed([(byte)'a', 0xFF, (byte)'b']));
    }

    [Fact]
    public void Feed_LongPiece_IsNotCut()
    {
        var expected = new string('x', 5000);

        Assert.Equal(expected, new AnswerText([]).Feed(Encoding.UTF8.GetBytes(expected)));
    }

    [Fact]
    public void Flush_HalfACharacter_DropsIt()
    {
        var text = new AnswerText(["zz"]);

        Assert.Equal("a", text.Feed([(byte)'a', (byte)'z', 0xE2, 0x82]));
        Assert.Equal("z", text.Flush());
    }
}
