using System.Text;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Embedding;

/// <summary>Texts as the tokens of one model, none more than fit a step.</summary>
sealed class TextTokenizer(SharedWeights weights, int maxTokens)
{
    /// <exception cref="GenerationException">A text is too long and not to be cut, or the weights are gone.</exception>
    public int[][] Tokenize(IReadOnlyList<string> texts, bool cut)
    {
        // The vocabulary is part of the weights.
        using ModelUse use = weights.Use() ?? throw Closed();
        return [.. texts.Select((text, index) => Tokenize(text, index, cut))];
    }

    public static GenerationException Closed() => new(GenerationFailure.Closed, "The embedding model is unloaded.");

    int[] Tokenize(string text, int index, bool cut)
    {
        Vocabulary vocabulary = weights.Model.Vocabulary;
        // Millions of characters are refused or cut before they are tokenised.
        if (vocabulary.LongestPiece is { } longest && Encoding.UTF8.GetByteCount(text) / longest is var fewest && fewest > maxTokens)
            text = cut ? text[..Math.Min(text.Length, maxTokens * longest)] : throw TooLong(index, $"at least {fewest}");
        var tokens = new List<int>();
        vocabulary.Tokenize(text, tokens, frame: true);
        if (tokens.Count > maxTokens && !cut)
            throw TooLong(index, $"{tokens.Count}");
        if (tokens.Count <= maxTokens)
            return [.. tokens];
        // A cut text still ends as the model saw texts end in its training.
        return EndsFrame(vocabulary, tokens[^1]) ? [.. tokens.Take(maxTokens - 1), tokens[^1]] : [.. tokens.Take(maxTokens)];
    }

    static bool EndsFrame(Vocabulary vocabulary, int token) =>
        vocabulary.Special.Any(special => special.Id == token && special.Attributes.HasFlag(TokenAttributes.Control));

    GenerationException TooLong(int index, string count) => new(GenerationFailure.PromptTooLong,
        $"This model embeds at most {maxTokens} tokens. However, text {index} has {count}.");
}
