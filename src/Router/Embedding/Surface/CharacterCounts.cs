namespace Orchestrator.Router.Embedding.Surface;

/// <summary>Counts of one pass over the characters of a text.</summary>
ref struct CharacterCounts
{
    public int Lines = 1;
    public int IndentedLines;
    public int Words;
    public int LongestWord;
    public int Letters;
    public int Capitals;
    public int CapitalWords;
    public int Digits;
    public int Numbers;
    public int LongestNumber;
    public int Decimals;
    public int Spaces;
    public int OtherLatin;
    public int Greek;
    public int Cyrillic;
    public int Semitic;
    public int Indic;
    public int Cjk;
    public int Symbols;

    CharacterCounts(ReadOnlySpan<char> text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = start + 1;
            char first = text[start];
            if (char.IsLetter(first))
            {
                while (end < text.Length && char.IsLetter(text[end]))
                    end++;
                AddWord(text[start..end]);
            }
            else if (char.IsDigit(first))
            {
                while (end < text.Length && char.IsDigit(text[end]))
                    end++;
                Digits += end - start;
                Numbers++;
                LongestNumber = Math.Max(LongestNumber, end - start);
                if (end + 1 < text.Length && text[end] == '.' && char.IsDigit(text[end + 1]))
                    Decimals++;
            }
            else if (char.IsWhiteSpace(first))
            {
                Spaces++;
                if (first == '\n')
                    AddLine(text[end..]);
            }
            else if (first >= 128)
            {
                Symbols++;
            }
            start = end;
        }
    }

    public static CharacterCounts Of(ReadOnlySpan<char> text) => new(text);

    void AddLine(ReadOnlySpan<char> rest)
    {
        Lines++;
        if (rest.StartsWith("  ") || rest.StartsWith("\t"))
            IndentedLines++;
    }

    void AddWord(ReadOnlySpan<char> word)
    {
        Words++;
        LongestWord = Math.Max(LongestWord, word.Length);
        Letters += word.Length;
        int capitals = 0;
        foreach (char letter in word)
        {
            if (letter >= 128)
                AddScript(letter);
            if (char.IsUpper(letter))
                capitals++;
        }
        Capitals += capitals;
        if (word.Length > 1 && capitals == word.Length)
            CapitalWords++;
    }

    void AddScript(char letter)
    {
        switch (letter)
        {
            case < '\u0370': OtherLatin++; break;
            case < '\u0400': Greek++; break;
            case < '\u0530': Cyrillic++; break;
            case >= '\u0590' and < '\u0780': Semitic++; break;
            case >= '\u0900' and < '\u0E00': Indic++; break;
            case >= '\u1100' and < '\u1200' or >= '\u3040': Cjk++; break;
        }
    }
}
