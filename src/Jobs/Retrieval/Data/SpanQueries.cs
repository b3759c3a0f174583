using Orchestrator.Retrieval.Lexical;

namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>
/// Queries for documents that have none: a title, or some of the content words of a sentence. The document that one was drawn
/// from is the only one known to be relevant.
/// </summary>
static class SpanQueries
{
    /// <summary>Fewer words would find half of the collection.</summary>
    const int FewestWords = 3;

    static readonly string[] SentenceEnds = [". ", "? ", "! ", "; ", ".\n", "?\n", "!\n"];

    static readonly TextOptions ContentWords = new() { Stem = false, DropStopWords = true };

    public static IReadOnlyList<JudgedQuery> Draw(IReadOnlyList<CollectionDocument> documents, SpanOptions options)
    {
        var random = new Random(options.Seed);
        int[] places = [.. Enumerable.Range(0, documents.Count)];
        random.Shuffle(places);
        var queries = new List<JudgedQuery>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (int place in places)
        {
            if (queries.Count == options.Queries)
                break;
            CollectionDocument document = documents[place];
            bool isTitle = random.NextDouble() < options.Titles && TextTerms.Of(document.Title, ContentWords).Count >= FewestWords;
            if ((isTitle ? document.Title.Trim() : Span(document.Text, random, options)) is { } text && texts.Add(text))
            {
                queries.Add(new JudgedQuery(
                    $"{(isTitle ? "title" : "span")}-{document.Id}", text, new Dictionary<int, int> { [place] = 1 }, new HashSet<int>()));
            }
        }
        return queries;
    }

    /// <returns>Null when no sentence has enough words.</returns>
    static string? Span(string text, Random random, SpanOptions options)
    {
        List<string>[] sentences =
            [.. text.Split(SentenceEnds, StringSplitOptions.RemoveEmptyEntries).Select(sentence => TextTerms.Of(sentence, ContentWords)).Where(words => words.Count >= options.Shortest)];
        if (sentences.Length == 0)
            return null;
        List<string> sentence = sentences[random.Next(sentences.Length)];
        int length = Math.Min(sentence.Count, random.Next(options.Shortest, Math.Max(options.Shortest, options.Longest) + 1));
        int start = random.Next(sentence.Count - length + 1);
        string[] window = [.. sentence.Skip(start).Take(length)];
        int kept = Math.Max(Math.Min(FewestWords, length), (int)Math.Round(length * (1 - options.Dropped)));
        int[] chosen = [.. Enumerable.Range(0, length)];
        random.Shuffle(chosen);
        return string.Join(' ', chosen.Take(kept).Order().Select(word => window[word]));
    }
}
