using System.Text;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Models;

namespace Orchestrator.LlamaCpp.Prompts;

/// <summary>
/// Turns messages into tokens. Control tokens are looked for in the template's own text only; plain text between two of
/// them is tokenised in one go, contents and template alike, so the tokens are those the model was trained on.
/// </summary>
sealed class PromptTokenizer(Vocabulary vocabulary, ChatTemplate template)
{
    // A trimmed content may lose all of its outer white space; this is only ever too much, never too little.
    readonly bool _trims = template.Trims || vocabulary.Special.Any(special => special.StripsLeft || special.StripsRight);

    /// <summary>
    /// The messages have at least this many tokens. Reads their text without copying it, which <see cref="Tokenize"/>
    /// does several times over.
    /// </summary>
    public long FewestTokens(IReadOnlyList<ChatTurn> messages)
    {
        if (vocabulary.LongestPiece is not { } longest)
            return 0;
        var bytes = 0L;
        foreach (var message in messages)
            bytes += Encoding.UTF8.GetByteCount(_trims ? message.Content.AsSpan().Trim() : message.Content);
        return (bytes + longest - 1) / longest;
    }

    public List<int> Tokenize(IReadOnlyList<ChatTurn> messages)
    {
        var tokens = new List<int>();
        var text = new StringBuilder();
        var strip = false;
        foreach (var part in template.Apply(messages))
        {
            if (!part.IsTemplate)
            {
                text.Append(part.Text);
                continue;
            }
            var rest = part.Text.AsSpan();
            while (FirstSpecial(rest) is { } found)
            {
                text.Append(rest[..found.Index]);
                Flush(found.Special.StripsLeft);
                tokens.Add(found.Special.Id);
                strip = found.Special.StripsRight;
                rest = rest[(found.Index + found.Special.Text.Length)..];
            }
            text.Append(rest);
        }
        Flush(stripEnd: false);
        // Some templates spell the first token out.
        if (vocabulary.Bos is { } bos && (tokens.Count == 0 || tokens[0] != bos))
            tokens.Insert(0, bos);
        return tokens;

        void Flush(bool stripEnd)
        {
            var plain = text.ToString();
            text.Clear();
            plain = strip ? plain.TrimStart() : plain;
            strip = false;
            vocabulary.Tokenize(stripEnd ? plain.TrimEnd() : plain, tokens);
        }
    }

    /// <summary>The earliest, and there the longest, control token.</summary>
    (int Index, SpecialToken Special)? FirstSpecial(ReadOnlySpan<char> text)
    {
        (int Index, SpecialToken Special)? first = null;
        foreach (var special in vocabulary.Special)
        {
            if (text.IndexOf(special.Text, StringComparison.Ordinal) is >= 0 and var index && (first is null || index < first.Value.Index))
                first = (index, special);
        }
        return first;
    }
}
