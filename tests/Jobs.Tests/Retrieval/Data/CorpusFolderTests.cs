using System.IO.Compression;
using System.Text;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Retrieval.Data;

public sealed class CorpusFolderTests : IDisposable
{
    const string Corpus = """
        {"_id":"a","title":"Wings","text":"of birds","url":"u"}

        {"_id":"b","title":"","text":"flows"}
        {"_id":"c","text":"shocks"}
        """;

    const string Queries = """
        {"_id":"1","text":"birds"}
        {"_id":"2","text":"nothing"}
        """;

    readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_BeirFolder_JoinsQueriesAndGrades()
    {
        Write("qrels.tsv", "query-id\tcorpus-id\tscore\n1\ta\t3\n1\tb\t0\n1\tc\t1\n1\tc\t2\n");

        JudgedCorpus corpus = CorpusFolder.Read(_folder.Path, "birds");

        Assert.Equal(["Wings of birds", "flows", "shocks"], corpus.Documents.Select(document => document.Whole));
        JudgedQuery query = Assert.Single(corpus.Queries);
        Assert.Equal(("1", "birds"), (query.Id, query.Text));
        Assert.Equal(new Dictionary<int, int> { [0] = 3, [2] = 2 }, query.Grades);
        Assert.Equal("birds: 1 of 2 queries have no relevant document and are left out.", Assert.Single(corpus.Warnings));
    }

    [Fact]
    public void Read_CompressedAndTestFolder_IsTheSame()
    {
        Write("qrels/test.tsv", "1\ta\t3\n");
        Write("qrels.tsv", "1\tb\t3\n");
        foreach (string name in (string[])["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
            Pack(name);

        JudgedQuery query = Assert.Single(CorpusFolder.Read(_folder.Path, "birds").Queries);

        Assert.Equal(0, Assert.Single(query.Grades).Key);
    }

    [Fact]
    public void Read_ExcludedPairs_AreKnownByQuery()
    {
        Write("qrels.tsv", "1\ta\t3\n");
        Write("excluded.tsv", "query-id\tcorpus-id\n1\tb\n");
        string other = _folder.File("other.tsv");
        File.WriteAllText(other, "1\tc\t-1\n");

        Assert.Equal([1, 2], CorpusFolder.Read(_folder.Path, "birds", other).Queries[0].Excluded.Order());
    }

    [Fact]
    public void Read_UnknownIds_AreWarnedOfAndLeftOut()
    {
        Write("qrels.tsv", "1\ta\t3\n1\tz\t3\n7\ta\t1\n");

        JudgedCorpus corpus = CorpusFolder.Read(_folder.Path, "birds");

        Assert.Single(corpus.Queries[0].Grades);
        Assert.Contains(corpus.Warnings, warning => warning.Contains("1 queries are not in the collection, as '7'", StringComparison.Ordinal));
        Assert.Contains(corpus.Warnings, warning => warning.Contains("1 documents are not in the collection, as 'z'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("corpus.jsonl", "{\"_id\":\"a\",\"text\":\"x\"}\n{\"_id\":\"a\",\"text\":\"y\"}", "line 2: the _id 'a' was used on line 1")]
    [InlineData("corpus.jsonl", "{\"_id\":\"a\"}", "line 1")]
    [InlineData("corpus.jsonl", "{\"_id\":\"a\",\"text\":null}", "line 1")]
    [InlineData("corpus.jsonl", "{\"_id\":\"\",\"text\":\"x\"}", "line 1: the _id is empty")]
    [InlineData("corpus.jsonl", "null", "line 1: the line is null")]
    [InlineData("queries.jsonl", "{\"_id\":\"1\",\"text\":\" \"}", "line 1: the query '1' has no text")]
    [InlineData("queries.jsonl", "not json", "line 1: not the JSON wanted here")]
    [InlineData("qrels.tsv", "query-id\tcorpus-id\tscore\n1\ta", "line 2: it has 2 columns")]
    [InlineData("qrels.tsv", "query-id\tcorpus-id\tscore\n1\ta\thigh", "line 2: the grade 'high' is no whole number")]
    [InlineData("qrels.tsv", "1\ta\t0", "no query has a relevant document")]
    public void Read_BadFile_NamesFileAndLine(string name, string text, string expected)
    {
        Write("qrels.tsv", "1\ta\t3\n");
        Write(name, text);

        var failure = Assert.Throws<CorpusException>(() => CorpusFolder.Read(_folder.Path, "birds"));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoJudgments_NamesBothPlaces()
    {
        var failure = Assert.Throws<CorpusException>(() => CorpusFolder.Read(_folder.Path, "birds"));

        Assert.Contains("qrels/test.tsv or qrels.tsv", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BrokenPack_SaysSo()
    {
        Write("qrels.tsv", "1\ta\t3\n");
        Pack("corpus.jsonl");
        byte[] bytes = File.ReadAllBytes(Path("corpus.jsonl.gz"));
        File.WriteAllBytes(Path("corpus.jsonl.gz"), [.. bytes[..10], 255, 255, 255, 255, .. bytes[14..]]);

        Assert.Contains("damaged", Assert.Throws<CorpusException>(() => CorpusFolder.Read(_folder.Path, "birds")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_FoldersWithACorpus_AreSorted()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        Directory.CreateDirectory(_folder.File("air"));
        File.WriteAllText(_folder.File("air/corpus.jsonl"), Corpus);

        Assert.Equal(["air", "birds"], CorpusFolder.Names(_folder.Path));
        Assert.Throws<CorpusException>(() => CorpusFolder.Names(_folder.File("empty")));
        Assert.Throws<CorpusException>(() => CorpusFolder.Names(_folder.File("nowhere")));
    }

    public CorpusFolderTests()
    {
        Write("corpus.jsonl", Corpus);
        Write("queries.jsonl", Queries);
    }

    public void Dispose() => _folder.Dispose();

    string Path(string name) => _folder.File($"birds/{name}");

    void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }

    void Pack(string name)
    {
        using (var packed = new GZipStream(File.Create(Path(name) + ".gz"), CompressionLevel.Fastest))
            packed.Write(Encoding.UTF8.GetBytes(File.ReadAllText(Path(name))));
        File.Delete(Path(name));
    }
}
