namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>Takes the features of a text as they are read; each is a hash, and equal features of two kinds differ.</summary>
interface IFeatureSink
{
    void AddWord(ulong hash);

    void AddCharacters(ulong hash);
}

/// <summary>
/// Reads the features of a text in one pass without allocation: words and pairs of words, where digits, CJK characters and
/// marks are words of their own; and runs of 2 to 5 characters within what white space parts, its edges included.
/// </summary>
static class LsaFeatures
{
    const int LongestRun = 5;
    const char Edge = ' ';
    const ulong Prime = 0x9E3779B97F4A7C15;
    const ulong WordSeed = 0x243F6A8885A308D3;
    const ulong PairSeed = 0x13198A2E03707344;
    const ulong RunSeed = 0xA4093822299F31D0;

    /// <param name="text">In lower case.</param>
    /// <param name="sink">Gets every occurrence.</param>
    public static void Read<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        ReadWords(text, ref sink);
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (end > start)
                ReadRuns(text[start..end], ref sink);
            start = end + 1;
        }
    }

    static void ReadWords<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        ulong previous = 0;
        for (int start = 0; start < text.Length;)
        {
            char first = text[start++];
            if (char.IsWhiteSpace(first))
                continue;
            ulong word = Step(WordSeed, first);
            if (IsInner(first))
            {
                while (start < text.Length && IsInner(text[start]))
                    word = Step(word, text[start++]);
            }
            word = Mix(word);
            sink.AddWord(word);
            if (previous != 0)
                sink.AddWord(Mix((previous * Prime) ^ word ^ PairSeed));
            previous = word;
        }
    }

    static void ReadRuns<TSink>(ReadOnlySpan<char> word, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        for (int start = -1; start < word.Length; start++)
        {
            ulong run = Step(RunSeed, start < 0 ? Edge : word[start]);
            int end = Math.Min(start + LongestRun, word.Length + 1);
            for (int at = start + 1; at < end; at++)
            {
                run = Step(run, at == word.Length ? Edge : word[at]);
                sink.AddCharacters(Mix(run));
            }
        }
    }

    /// <summary>Letters of scripts that write words; CJK characters are words, and so are digits and marks.</summary>
    static bool IsInner(char character) =>
        character < 128 ? char.IsAsciiLetter(character) : char.IsLetter(character) && !IsCjk(character);

    static bool IsCjk(char character) => character is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');

    static ulong Step(ulong hash, char character) => (hash ^ character) * Prime;

    /// <summary>Never 0, which marks what is absent.</summary>
    static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return (hash ^ (hash >> 32)) | 1;
    }
}
