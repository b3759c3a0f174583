namespace Orchestrator.Router.Embedding;

enum TokenKind
{
    Word,
    Number,
    Mark,
}

/// <summary>A run of letters or digits as written, or one other visible character.</summary>
readonly record struct TextToken(TokenKind Kind, string Text);

/// <summary>Splits a question into words, numbers and marks.</summary>
static class TextTokens
{
    public static List<TextToken> Split(string text)
    {
        var tokens = new List<TextToken>();
        for (int start = 0; start < text.Length;)
        {
            int end = start + 1;
            if (char.IsLetter(text[start]))
            {
                while (end < text.Length && (char.IsLetter(text[end]) || IsInnerApostrophe(text, end)))
                    end++;
                tokens.Add(new TextToken(TokenKind.Word, text[start..end]));
            }
            else if (char.IsDigit(text[start]))
            {
                while (end < text.Length && char.IsDigit(text[end]))
                    end++;
                tokens.Add(new TextToken(TokenKind.Number, text[start..end]));
            }
            else if (!char.IsWhiteSpace(text[start]))
            {
                tokens.Add(new TextToken(TokenKind.Mark, text[start..end]));
            }
            start = end;
        }
        return tokens;
    }

    static bool IsInnerApostrophe(string text, int at) =>
        text[at] is '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1]);
}
