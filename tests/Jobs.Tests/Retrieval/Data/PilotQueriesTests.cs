using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Retrieval.Data;

public sealed class PilotQueriesTests : IDisposable
{
    static readonly SpanOptions Plain = new();

    readonly TemporaryFolder _folder = new();

    public PilotQueriesTests()
    {
        Directory.CreateDirectory(_folder.File("air/qrels"));
        File.WriteAllLines(_folder.File("air/corpus.jsonl"), Enumerable.Range(0, 40).Select(i =>
            $$"""{"_id":"d{{i}}","title":"Theory number {{i}} of wings","text":"Short one. The lift{{i}} and drag{{i}} of swept wings in hypersonic flow depend{{i}} strongly on temperature gradients{{i}} near walls."}"""));
        File.WriteAllText(_folder.File("air/queries.jsonl"), "{\"_id\":\"1\",\"text\":\"a test query\"}");
    }

    [Fact]
    public void Of_OnlyDocuments_DrawsSpansOfTheirDocuments()
    {
        JudgedCorpus corpus = PilotQueries.Of(_folder.Path, "air", null, Plain with { Queries = 30, Titles = 0.5 }, out string source);

        Assert.Equal("spans of documents", source);
        Assert.Equal(30, corpus.Queries.Count);
        Assert.Contains(corpus.Queries, query => query.Id.StartsWith("title-", StringComparison.Ordinal));
        Assert.All(corpus.Queries.Where(query => query.Id.StartsWith("span-", StringComparison.Ordinal)), query =>
        {
            CollectionDocument document = corpus.Documents[Assert.Single(query.Grades).Key];
            Assert.All(query.Text.Split(' '), word => Assert.Contains(word, document.Text, StringComparison.OrdinalIgnoreCase));
            Assert.InRange(query.Text.Split(' ').Length, 3, 7);
            Assert.DoesNotContain("the", query.Text.Split(' '));
        });
    }

    [Fact]
    public void Of_SameSeed_DrawsTheSame()
    {
        string[] Draw(int seed) => [.. PilotQueries.Of(_folder.Path, "air", null, Plain with { Seed = seed }, out _).Queries.Select(query => query.Text)];

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void Of_TrainingJudgments_ComeBeforeSpans()
    {
        File.WriteAllText(_folder.File("air/qrels/train.tsv"), "1\td3\t1\n");

        JudgedCorpus corpus = PilotQueries.Of(_folder.Path, "air", null, Plain, out string source);

        Assert.Equal("training judgments", source);
        Assert.Equal("a test query", Assert.Single(corpus.Queries).Text);
    }

    [Fact]
    public void Of_WrittenQueries_ComeFirstAndFromTheirFolder()
    {
        Directory.CreateDirectory(_folder.File("made/air"));
        File.WriteAllText(_folder.File("air/qrels/train.tsv"), "1\td3\t1\n");
        File.WriteAllText(_folder.File("made/air/pilots.jsonl"),
            "{\"_id\":\"p1\",\"text\":\"swept lift\",\"document\":\"d7\",\"domain\":\"air\"}\n{\"_id\":\"p2\",\"text\":\"lost\",\"document\":\"gone\"}\n");

        JudgedCorpus corpus = PilotQueries.Of(_folder.Path, "air", _folder.File("made"), Plain, out string source);

        Assert.Equal("written queries", source);
        JudgedQuery query = Assert.Single(corpus.Queries);
        Assert.Equal(("swept lift", 7), (query.Text, Assert.Single(query.Grades).Key));
        Assert.Contains(corpus.Warnings, warning => warning.Contains("as 'gone'", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_DocumentsWithoutSentences_SaysSo()
    {
        File.WriteAllText(_folder.File("air/corpus.jsonl"), "{\"_id\":\"a\",\"text\":\"x\"}");

        Assert.Throws<CorpusException>(() => PilotQueries.Of(_folder.Path, "air", null, Plain, out _));
    }

    public void Dispose() => _folder.Dispose();
}
