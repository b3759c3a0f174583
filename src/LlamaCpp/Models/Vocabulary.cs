using System.Runtime.InteropServices;
using System.Text;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>The tokens of one model. Immutable after load and used from any thread; valid as long as its model.</summary>
sealed unsafe class Vocabulary
{
    readonly nint _vocabulary;
    readonly byte[]?[] _pieces;
    readonly Lazy<int[]> _answering;

    public Vocabulary(nint vocabulary)
    {
        _vocabulary = vocabulary;
        Size = LlamaApi.VocabularySize(vocabulary);
        _pieces = new byte[]?[Size];
        Bos = LlamaApi.VocabularyAddsBos(vocabulary) != 0 && LlamaApi.VocabularyBos(vocabulary) is >= 0 and var bos && bos < Size ? bos : null;
        Special = [.. FindSpecial()];
        LongestPiece = FindLongestPiece();
        _answering = new(() => [.. Enumerable.Range(0, Size).Where(token => EndsAnswer(token) || !Piece(token).IsEmpty)]);
    }

    public int Size { get; }

    /// <summary>The <c>llama_vocab</c>.</summary>
    public nint Address => _vocabulary;

    /// <summary>The token that every prompt starts with; null when the model wants none.</summary>
    public int? Bos { get; }

    /// <summary>Tokens that stand for a marker rather than for text, longest first.</summary>
    public IReadOnlyList<SpecialToken> Special { get; }

    /// <summary>Tokens that add to an answer's text or end it; other markers do neither. Made on first use.</summary>
    public ReadOnlySpan<int> Answering => _answering.Value;

    /// <summary>
    /// Most bytes of text that one token stands for; null for a kind of vocabulary in which one token can stand for an
    /// unknown word of any length.
    /// </summary>
    public int? LongestPiece { get; }

    /// <summary>Null when text can be tokenised; otherwise why it would end the process.</summary>
    public static string? Defect(nint vocabulary)
    {
        var kind = LlamaApi.VocabularyKind(vocabulary);
        var size = LlamaApi.VocabularySize(vocabulary);
        if (kind == VocabularyType.None || size == 0)
            return "it has no vocabulary";
        if (kind != VocabularyType.SentencePiece)
            return null;
        var bytes = 0;
        for (var token = 0; token < size; token++)
            bytes += LlamaApi.VocabularyAttributes(vocabulary, token).HasFlag(TokenAttributes.Byte) ? 1 : 0;
        return bytes >= 256 ? null : $"its SentencePiece vocabulary has {bytes} of the 256 byte tokens";
    }

    public bool EndsAnswer(int token) => LlamaApi.VocabularyEndsAnswer(_vocabulary, token) != 0;

    /// <summary>The bytes a token adds to a text; none for control tokens. Cached: a loop asks for the same ones again and again.</summary>
    public ReadOnlySpan<byte> Piece(int token) => _pieces[token] ??= ReadPiece(token);

    /// <summary>Appends the tokens of a text in which no control token is recognised.</summary>
    /// <param name="frame">Whether to add what the model wants around a text, such as BOS, CLS and SEP.</param>
    public void Tokenize(string text, List<int> tokens, bool frame = false)
    {
        if (text.Length == 0)
            return;
        var bytes = Encoding.UTF8.GetBytes(text);
        // A token is at least a byte, but a prefix space may be added.
        var buffer = new int[bytes.Length + 8];
        var count = Tokenize(bytes, buffer, frame);
        if (count < 0)
        {
            buffer = new int[-count];
            count = Tokenize(bytes, buffer, frame);
        }
        tokens.AddRange(buffer.AsSpan(0, count));
    }

    int Tokenize(byte[] text, int[] tokens, bool frame)
    {
        fixed (byte* textStart = text)
        fixed (int* tokensStart = tokens)
        {
            return LlamaApi.Tokenize(
                _vocabulary, textStart, text.Length, tokensStart, tokens.Length, addSpecial: frame ? (byte)1 : (byte)0, parseSpecial: 0);
        }
    }

    byte[] ReadPiece(int token)
    {
        Span<byte> buffer = stackalloc byte[64];
        fixed (byte* start = buffer)
        {
            var length = LlamaApi.TokenToPiece(_vocabulary, token, start, buffer.Length, skipSpaces: 0, special: 0);
            if (length >= 0)
                return buffer[..length].ToArray();
            var large = new byte[-length];
            fixed (byte* largeStart = large)
                _ = LlamaApi.TokenToPiece(_vocabulary, token, largeStart, large.Length, skipSpaces: 0, special: 0);
            return large;
        }
    }

    int? FindLongestPiece()
    {
        if (LlamaApi.VocabularyKind(_vocabulary) is not (VocabularyType.SentencePiece or VocabularyType.Bpe))
            return null;
        var longest = 1;
        byte none;
        for (var token = 0; token < Size; token++)
        {
            // Without room for the piece, llama.cpp answers its length, negative.
            longest = Math.Max(longest, -LlamaApi.TokenToPiece(_vocabulary, token, &none, length: 0, skipSpaces: 0, special: 0));
        }
        return longest;
    }

    IEnumerable<SpecialToken> FindSpecial()
    {
        const TokenAttributes Marker = TokenAttributes.Control | TokenAttributes.UserDefined | TokenAttributes.Unknown;
        return Enumerable.Range(0, Size)
            .Select(token => (token, attributes: LlamaApi.VocabularyAttributes(_vocabulary, token)))
            .Where(entry => (entry.attributes & Marker) != TokenAttributes.None)
            .Select(entry => new SpecialToken(entry.token, Text(entry.token), entry.attributes))
            .Where(special => special.Text.Length > 0)
            .OrderByDescending(special => special.Text.Length);
    }

    string Text(int token) => Marshal.PtrToStringUTF8((nint)LlamaApi.VocabularyText(_vocabulary, token)) ?? "";
}

/// <summary>A token written as a marker in templates, such as <c>&lt;|user|&gt;</c>.</summary>
sealed record SpecialToken(int Id, string Text, TokenAttributes Attributes)
{
    public bool StripsLeft => Attributes.HasFlag(TokenAttributes.StripLeft);

    public bool StripsRight => Attributes.HasFlag(TokenAttributes.StripRight);
}
