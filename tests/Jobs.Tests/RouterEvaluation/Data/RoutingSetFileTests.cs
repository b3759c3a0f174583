using System.IO.Compression;
using System.Text;
using Orchestrator.Jobs.RouterEvaluation.Data;
using Orchestrator.Router.Outcomes;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.RouterEvaluation.Data;

public sealed class RoutingSetFileTests
{
    const string Line = """{"id":"a","benchmark":"mmlu","category":"law","split":"test","query":"Who?","scores":{"x":1,"y":0.5},"costs":{"x":0.01},"out_chars":{"x":3},"answer":"B","src":"s","gold_prob":{"x":0.2}}""";

    [Fact]
    public void Read_PublicLine_KeepsEverythingThatRoutingIsJudgedBy()
    {
        RoutingSet set = Read(Line);

        Assert.Equal(["x", "y"], set.Experts);
        RoutingRow row = Assert.Single(set.Rows);
        Assert.Equal(("a", "Who?", "mmlu", "law", "test"), (row.Outcome.Id, row.Question, row.Benchmark, row.Category, row.Split));
        Assert.Equal([new Outcome(1, null) { Cost = 0.01 }, new Outcome(0.5, null)], row.Outcome.Outcomes.Select(outcome => outcome!.Value));
    }

    [Fact]
    public void Read_ModelMissingOrNull_IsUnknownAndNotZero()
    {
        RoutingSet set = Read("""{"id":"a","query":"A?","scores":{"x":1}}""", """{"id":"b","query":"B?","scores":{"y":0,"x":null}}""");

        Assert.Equal(["x", "y"], set.Experts);
        Assert.Null(set.Rows[0].Outcome.Outcomes[1]);
        Assert.Null(set.Rows[1].Outcome.Outcomes[0]);
        Assert.Null(set.Rows[0].Outcome.Outcomes[0]!.Value.Cost);
    }

    [Fact]
    public void Read_OutcomeFile_IsUnderstoodToo()
    {
        RoutingSet set = Read(
            """{"version":1,"source":"s","experts":["x","y"]}""",
            """{"id":"a","question":"A?","skills":[],"scores":[1,null],"tokens":[3,null],"category":"law"}""");

        Assert.Equal(("A?", "law", null), (set.Rows[0].Question, set.Rows[0].Category, set.Rows[0].Benchmark));
        Assert.Null(set.Rows[0].Outcome.Outcomes[1]);
    }

    [Fact]
    public void Read_BadLines_NamesAllWithFileAndLine()
    {
        var failure = Assert.Throws<OutcomeFileException>(() => Read(
            Line, Line, "", "{", """{"id":"b","query":"B?","scores":{"x":2}}""", """{"id":"c","query":" ","scores":{"x":1}}""",
            """{"id":"d","query":"D?","scores":{}}""", """{"id":"e","query":"E?","scores":{"x":1},"costs":{"y":1}}""",
            """{"id":"f","query":"F?","scores":{"x":1},"split":"dev"}""", """{"id":"g","query":"G?","scores":{"x":1},"price":1}""",
            """{"id":"h","query":"H?","scores":{"x":1,"x":0}}"""));

        Assert.Equal([2, 4, 5, 6, 7, 8, 9, 10, 11], failure.Problems.Select(problem => int.Parse(problem["set.jsonl, line ".Length..].Split(':')[0])));
        Assert.Contains("was used on line 1", failure.Problems[0], StringComparison.Ordinal);
        Assert.Contains("score 2 of 'x' is not in 0…1", failure.Problems[2], StringComparison.Ordinal);
        Assert.Contains("'train' or 'test'", failure.Problems[6], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NothingInIt_SaysSo() => Assert.Contains("no question", Assert.Throws<OutcomeFileException>(() => Read("")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_CompressedFile_IsRead()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "set.jsonl.gz");
        using (var stream = new GZipStream(File.Create(path), CompressionMode.Compress))
            stream.Write(Encoding.UTF8.GetBytes(Line));

        Assert.Equal("set.jsonl.gz", RoutingSetFile.Read(path).Name);
    }

    [Fact]
    public void Read_FileThatIsNotCompressed_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "set.jsonl.gz");
        File.WriteAllText(path, Line);

        Assert.Contains("damaged", Assert.Throws<OutcomeFileException>(() => RoutingSetFile.Read(path)).Message, StringComparison.Ordinal);
    }

    static RoutingSet Read(params string[] lines) => RoutingSetFile.Read(string.Join('\n', lines), "set", "set.jsonl");
}
