namespace Orchestrator.Router.Embedding;

/// <summary>Blocks of features; each is weighted and normalised on its own.</summary>
enum FeatureBlock
{
    Words,
    Characters,
    Surface,
}

/// <summary>Counts the hashed features of a text, block by block.</summary>
static class NgramFeatures
{
    public const int Blocks = 3;

    /// <summary>Bounds the features of one hostile "word" of many thousand letters.</summary>
    const int LongestWord = 64;

    /// <returns>For every block, how often each feature hash occurs.</returns>
    public static Dictionary<ulong, int>[] Count(string text, NgramEmbedderOptions options)
    {
        if (text.Length > options.MaxCharacters)
            text = text[..options.MaxCharacters];
        List<TextToken> tokens = TextTokens.Split(text);
        var counts = new Dictionary<ulong, int>[Blocks];
        for (int block = 0; block < Blocks; block++)
            counts[block] = [];
        AddWords(counts[(int)FeatureBlock.Words], tokens);
        AddCharacters(counts[(int)FeatureBlock.Characters], tokens, options.LongestCharacters);
        foreach (string feature in SurfaceFeatures.Of(text, tokens))
            Add(counts[(int)FeatureBlock.Surface], feature, FeatureBlock.Surface);
        return counts;
    }

    public static ulong WordHash(string word) => StableHash.Of(word.ToLowerInvariant(), (ulong)FeatureBlock.Words + 1);

    /// <summary>The word of the highest weight, the first of equals; strings in capitals are data, not words.</summary>
    public static string? RarestWord(string text, NgramEmbedderOptions options, Func<string, float> weight) =>
        TextTokens.Split(text.Length > options.MaxCharacters ? text[..options.MaxCharacters] : text)
            .Where(token => token.Kind == TokenKind.Word && !token.Text.All(char.IsUpper))
            .Select(token => token.Text)
            .MaxBy(weight);

    static void AddWords(Dictionary<ulong, int> counts, List<TextToken> tokens)
    {
        string previous = "^";
        foreach (TextToken token in tokens)
        {
            string word = Normalised(token);
            Add(counts, word, FeatureBlock.Words);
            Add(counts, previous + ' ' + word, FeatureBlock.Words);
            previous = word;
        }
        Add(counts, previous + " $", FeatureBlock.Words);
    }

    static void AddCharacters(Dictionary<ulong, int> counts, List<TextToken> tokens, int longest)
    {
        foreach (TextToken token in tokens)
        {
            if (token.Kind == TokenKind.Mark)
                continue;
            if (token.Kind == TokenKind.Number)
            {
                foreach (char digit in token.Text.AsSpan(0, Math.Min(token.Text.Length, LongestWord)))
                    Add(counts, [digit], FeatureBlock.Characters);
                continue;
            }
            ReadOnlySpan<char> padded = '^' + token.Text[..Math.Min(token.Text.Length, LongestWord)].ToLowerInvariant() + '$';
            for (int length = 2; length <= longest; length++)
            {
                for (int start = 0; start + length <= padded.Length; start++)
                    Add(counts, padded.Slice(start, length), FeatureBlock.Characters);
            }
        }
    }

    /// <summary>Numbers keep only their length: routing depends on how long they are, hardly on which they are.</summary>
    static string Normalised(TextToken token) => token.Kind switch
    {
        TokenKind.Number => new string('#', Math.Min(token.Text.Length, 12)),
        _ => token.Text.ToLowerInvariant(),
    };

    static void Add(Dictionary<ulong, int> counts, ReadOnlySpan<char> feature, FeatureBlock block)
    {
        ulong hash = StableHash.Of(feature, (ulong)block + 1);
        counts[hash] = counts.GetValueOrDefault(hash) + 1;
    }
}
