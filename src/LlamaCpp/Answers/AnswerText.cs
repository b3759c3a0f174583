using System.Text;

namespace Orchestrator.LlamaCpp.Answers;

/// <summary>From the bytes of tokens to text: whole characters only, and none of a stop string.</summary>
sealed class AnswerText(IReadOnlyList<string> stops)
{
    readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    readonly StopMatcher _matcher = new(stops);

    public bool Stopped => _matcher.Stopped;

    /// <summary>The text that can be shown now; a character's first bytes wait for the rest.</summary>
    public string Feed(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
            return "";
        var size = Encoding.UTF8.GetMaxCharCount(piece.Length);
        Span<char> characters = size <= 256 ? stackalloc char[256] : new char[size];
        var count = _decoder.GetChars(piece, characters, flush: false);
        return _matcher.Feed(characters[..count]);
    }

    /// <summary>What was held back for a stop string that did not come; the bytes of half a character are dropped.</summary>
    public string Flush() => _matcher.Flush();
}
