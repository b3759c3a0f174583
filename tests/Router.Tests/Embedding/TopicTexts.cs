namespace Orchestrator.Router.Tests.Embedding;

/// <summary>Texts of a few topics, each with words of its own drawn at random: two of a topic often share none of them.</summary>
static class TopicTexts
{
    const int WordsPerTopic = 12;
    const int WordsPerText = 5;

    public static string[] Draw(int topics, int perTopic, int seed)
    {
        var random = new Random(seed);
        string[][] words = [.. Enumerable.Range(0, topics).Select(_ => Enumerable.Range(0, WordsPerTopic).Select(_ => Word(random)).ToArray())];
        return
        [
            .. Enumerable.Range(0, topics * perTopic)
                .Select(i => string.Join(' ', random.GetItems(words[i % topics], WordsPerText))),
        ];
    }

    static string Word(Random random) => new([.. Enumerable.Range(0, 8).Select(_ => (char)('a' + random.Next(26)))]);
}
