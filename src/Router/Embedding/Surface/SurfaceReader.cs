namespace Orchestrator.Router.Embedding.Surface;

/// <summary>Reads the surface features of a text: counts as logarithms, the rest as shares.</summary>
static class SurfaceReader
{
    /// <summary>A longer text looks like its beginning.</summary>
    const int MaxCharacters = 8192;

    const int CountFeatures = 20;

    /// <summary>Marks that say the same are counted together.</summary>
    static readonly string[] Marks =
        ["()", "[]", "{}", "<>", "=", "+", "-", "*/", "%", "^", "_", "\\", "$", "#@", "&|", ";", ":", ",", ".", "?", "!", "\"“”", "'’", "`"];

    /// <summary>Signs of code.</summary>
    static readonly string[] Code =
        ["def ", "return", "import ", "class ", "function", "print", ">>>", "```", "();", "==", "int ", "->", "//", "for (", "while ", "self."];

    static readonly string[] QuestionWords = ["what", "which", "who", "when", "where", "how", "why"];

    static readonly int MarkStart = CountFeatures;
    static readonly int PhraseStart = MarkStart + Marks.Length;
    static readonly int QuestionStart = PhraseStart + 4;
    static readonly int EndStart = QuestionStart + QuestionWords.Length;

    public static int Count { get; } = EndStart + 3;

    /// <param name="text">Any.</param>
    /// <param name="values"><see cref="Count"/> long; overwritten.</param>
    public static void Read(ReadOnlySpan<char> text, Span<float> values)
    {
        text = text[..Math.Min(text.Length, MaxCharacters)];
        ReadCounts(CharacterCounts.Of(text), text.Length, values);
        for (int i = 0; i < Marks.Length; i++)
            values[MarkStart + i] = Log(Marks[i].Length == 1 ? text.Count(Marks[i][0]) : text.CountAny(Marks[i]));
        int code = 0;
        foreach (string sign in Code)
            code += text.Count(sign);
        values[PhraseStart] = Log(code);
        values[PhraseStart + 1] = Log(LatexCommands(text));
        values[PhraseStart + 2] = Log(ChoiceOptions.Count(text));
        values[PhraseStart + 3] = Log(text.Count("__"));
        for (int i = 0; i < QuestionWords.Length; i++)
            values[QuestionStart + i] = Log(Occurrences(text, QuestionWords[i]));
        ReadOnlySpan<char> trimmed = text.TrimEnd();
        values[EndStart] = trimmed.EndsWith('?') ? 1 : 0;
        values[EndStart + 1] = trimmed.EndsWith(':') ? 1 : 0;
        values[EndStart + 2] = trimmed.EndsWith('.') ? 1 : 0;
    }

    static void ReadCounts(CharacterCounts counts, int length, Span<float> values)
    {
        values[0] = Log(length);
        values[1] = Log(counts.Words);
        values[2] = Log(counts.Lines);
        values[3] = Share(counts.IndentedLines, counts.Lines);
        values[4] = Share(counts.Letters, counts.Words);
        values[5] = Log(counts.LongestWord);
        values[6] = Share(counts.Letters, length);
        values[7] = Share(counts.Capitals, counts.Letters);
        values[8] = Log(counts.CapitalWords);
        values[9] = Share(counts.Digits, length);
        values[10] = Log(counts.Numbers);
        values[11] = Log(counts.LongestNumber);
        values[12] = Log(counts.Decimals);
        values[13] = Share(counts.Spaces, length);
        values[14] = Share(counts.OtherLatin, counts.Letters);
        values[15] = Share(counts.Greek, counts.Letters);
        values[16] = Share(counts.Cyrillic, counts.Letters);
        values[17] = Share(counts.Semitic + counts.Indic, counts.Letters);
        values[18] = Share(counts.Cjk, counts.Letters);
        values[19] = Share(counts.Symbols, length);
    }

    static int LatexCommands(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int at = text.IndexOf('\\'); at >= 0 && at + 1 < text.Length;)
        {
            if (char.IsAsciiLetter(text[at + 1]))
                count++;
            int next = text[(at + 1)..].IndexOf('\\');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return count;
    }

    /// <summary>As a whole word, whatever its case.</summary>
    static int Occurrences(ReadOnlySpan<char> text, string word)
    {
        int count = 0;
        for (int start = 0; ;)
        {
            int found = text[start..].IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return count;
            int at = start + found, end = at + word.Length;
            if ((at == 0 || !char.IsLetter(text[at - 1])) && (end == text.Length || !char.IsLetter(text[end])))
                count++;
            start = end;
        }
    }

    static float Log(int count) => MathF.Log(1 + count);

    static float Share(int part, int whole) => whole == 0 ? 0 : (float)part / whole;
}
