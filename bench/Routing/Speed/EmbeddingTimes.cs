using Orchestrator.Router.Embedding;

namespace Orchestrator.Bench.Routing.Speed;

/// <summary>How long a question takes to become a vector, by embedder and by the question's length.</summary>
static class EmbeddingTimes
{
    const int WarmUp = 3000;
    const int MostTimed = 4000;

    static readonly (string Name, int From, int To)[] Lengths =
        [("below 100", 0, 100), ("100 to 300", 100, 300), ("300 to 1,000", 300, 1000), ("1,000 and more", 1000, int.MaxValue)];

    public static string ToMarkdown(string[] texts, TimeProvider time)
    {
        string[] fitted = [.. texts.Where((_, i) => i % 2 == 0)];
        string[] asked = [.. texts.Where((_, i) => i % 2 == 1).Take(MostTimed)];
        long start = time.GetTimestamp();
        LsaEmbedder lsa = LsaEmbedder.Fit(fitted);
        double lsaSeconds = time.GetElapsedTime(start).TotalSeconds;
        start = time.GetTimestamp();
        HashedEmbedder hashed = HashedEmbedder.Fit(fitted);
        double hashedSeconds = time.GetElapsedTime(start).TotalSeconds;
        SurfaceVector surface = SurfaceVector.Fit(fitted);
        var rows = new[]
        {
            Rows($"LSA, {lsa.Dimensions}", asked, text => lsa.Embed(text), time),
            Rows($"hashed n-grams, {hashed.Dimensions}", asked, text => hashed.Embed(text), time),
            Rows($"surface, {SurfaceVector.Dimensions}", asked, text => surface.Of(text), time),
        };
        return $"""
            ## Embedding a question

            Fitted on {fitted.Length:N0} questions (LSA {lsaSeconds:0.0} s, {lsa.Features:N0} features, {lsa.Bytes / 1e6:0.0} MB; hashed
            n-grams {hashedSeconds:0.0} s); {asked.Length:N0} others embedded one by one.

            {Report.Table(["embedder, dimensions", "characters", "questions", "p50 µs", "p99 µs", "bytes allocated"], rows.SelectMany(row => row))}
            """;
    }

    static IEnumerable<string[]> Rows(string name, string[] texts, Action<string> embed, TimeProvider time)
    {
        Timing.WarmUp(texts, embed, WarmUp);
        foreach ((string length, int from, int to) in Lengths)
        {
            string[] some = [.. texts.Where(text => text.Length >= from && text.Length < to)];
            if (some.Length == 0)
                continue;
            Timing timing = Timing.Of(some, embed, time);
            yield return [name, length, $"{some.Length}", timing.Median, timing.P99, $"{timing.BytesPerCall}"];
        }
    }
}
