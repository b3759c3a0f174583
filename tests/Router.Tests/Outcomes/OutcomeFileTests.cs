using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Tests.Outcomes;

public sealed class OutcomeFileTests : IDisposable
{
    const string Header = """{"version":1,"source":"made by hand","experts":["abacus","cipher"]}""";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outcomes");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_Table_IsOneHeaderAndOneLineAQuestion()
    {
        string text = Written(new OutcomeTable("made by hand", ["abacus", "cipher"],
            [new OutcomeRow("q1", "What is \"3 + 4\" in Köln?", ["add"], [new Outcome(1, 5), null])]));

        Assert.Equal(
            Header + "\n" +
            """{"id":"q1","question":"What is \"3 + 4\" in Köln?","skills":["add"],"scores":[1,null],"tokens":[5,null]}""" + "\n",
            text);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameBytesAgain()
    {
        string path = Path.Combine(_folder.FullName, "outcomes.jsonl");
        var table = new OutcomeTable("a run", ["a"],
            [new OutcomeRow("q", "line\nbreak 'x' 🙂", ["s", "t"], [new Outcome(1.0 / 3, 0)])]);
        OutcomeFile.Write(path, table);
        byte[] first = File.ReadAllBytes(path);

        OutcomeFile.Write(path, OutcomeFile.Read(path));

        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Equal(new Outcome(1.0 / 3, 0), OutcomeFile.Read(path).Rows[0].Outcomes[0]);
        Assert.Equal("outcomes.jsonl", Assert.Single(_folder.GetFiles()).Name);
    }

    [Fact]
    public void Write_CostsTokensAndCategory_AreReadAgainAndUnknownStaysUnknown()
    {
        Outcome priced = new Outcome(1, 5) { Cost = 0.25 }, unknown = new(0.5, null);
        OutcomeRow row = new("q", "?", [], [priced, unknown, null]) { Category = "law" };

        string text = Written(new OutcomeTable("", ["a", "b", "c"], [row]));
        OutcomeRow again = OutcomeFile.Read(new StringReader(text), "outcomes").Rows[0];

        Assert.Contains(""""costs":[0.25,null,null],"category":"law"}"""", text, StringComparison.Ordinal);
        Assert.Equal([priced, unknown, null], again.Outcomes);
        Assert.Equal("law", again.Category);
    }

    [Fact]
    public void Write_Tagged_IsReadAgainAndAbsentWhereNobodyWasAsked()
    {
        OutcomeRow row = new("q", "?", ["add", "sums"], []);
        var table = new OutcomeTable("", [], [row with { Tagged = ["sums"] }, row with { Id = "r", Tagged = [] }, row with { Id = "s" }]);

        string text = Written(table);

        Assert.Equal([["sums"], [], null], OutcomeFile.Read(new StringReader(text), "t").Rows.Select(read => read.Tagged));
        Assert.Contains("""
            "skills":["add","sums"],"tagged":["sums"],"scores":
            """.Trim(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("tagged", text.Split('\n')[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1],"tokens":[1,2]}""",
        "1 scores, 2 tokens, but the header names 2 experts")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,2],"tokens":[1,2]}""", "score 2 of column 2 is not in 0…1")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,null],"tokens":[1,2]}""",
        "column 2 has tokens or a cost, but no score")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,0],"tokens":[1,2],"costs":[1]}""",
        "2 scores, 2 tokens and 1 costs, but the header names 2 experts")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,0],"tokens":[1,2],"costs":[1,-1]}""", "cost -1 of column 2 is below 0")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,null],"tokens":[1,null],"costs":[1,1]}""",
        "column 2 has tokens or a cost, but no score")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,0],"tokens":[1,2],"category":" "}""", "the category is blank")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,0],"tokens":[1,-2]}""", "-2 tokens in column 2")]
    [InlineData("""{"id":"q","question":"?","skills":["x",null],"scores":[1,0],"tokens":[1,2]}""", "a skill is null or blank")]
    [InlineData("""{"id":"q","question":"?","skills":[""],"scores":[1,0],"tokens":[1,2]}""", "a skill is null or blank")]
    [InlineData("""{"id":"q","question":"?","skills":[],"tagged":[null],"scores":[1,0],"tokens":[1,2]}""", "a skill is null or blank")]
    [InlineData("""{"id":"","question":"?","skills":[],"scores":[1,0],"tokens":[1,2]}""", "the id is empty")]
    [InlineData("""{"id":"q","question":"?","skills":[],"scores":[1,0],"tokens":[1,2],"extra":1}""", "extra")]
    [InlineData("""{"id":"q","skills":[],"scores":[1,0],"tokens":[1,2]}""", "question")]
    [InlineData("""{"id":"q","question":null,"skills":[],"scores":[1,0],"tokens":[1,2]}""", "question")]
    [InlineData("null", "the line is null")]
    [InlineData("", "not the JSON wanted here")]
    [InlineData("""{"id":"q","question":"?","ski""", "not the JSON wanted here")]
    public void Read_MalformedLine_IsNamedWithItsNumber(string line, string problem)
    {
        var thrown = Assert.Throws<OutcomeFileException>(() =>
            OutcomeFile.Read(new StringReader(Header + "\n" + line + "\n"), "table"));

        string only = Assert.Single(thrown.Problems);
        Assert.StartsWith("table, line 2: ", only, StringComparison.Ordinal);
        Assert.Contains(problem, only, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralProblems_ReportsAllOfThem()
    {
        string good = """{"id":"q","question":"?","skills":[],"scores":[1,0],"tokens":[1,2]}""";

        var thrown = Assert.Throws<OutcomeFileException>(() =>
            OutcomeFile.Read(new StringReader(string.Join('\n', Header, "{", good, good, "[]")), "t"));

        Assert.Equal(["t, line 2", "t, line 4", "t, line 5"], thrown.Problems.Select(problem => problem.Split(':')[0]));
        Assert.Contains("'q' occurs twice", thrown.Problems[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the header is missing")]
    [InlineData("""{"version":2,"source":"","experts":[]}""", "format version 2 is not known")]
    [InlineData("""{"version":1,"source":"","experts":["a","a"]}""", "'a' occurs twice")]
    [InlineData("""{"version":1,"source":"","experts":[null]}""", "an expert id is empty")]
    [InlineData("""{"id":"q"}""", "not the JSON wanted here")]
    public void Read_BadHeader_IsLineOne(string header, string problem)
    {
        var thrown = Assert.Throws<OutcomeFileException>(() => OutcomeFile.Read(new StringReader(header), "table"));

        Assert.StartsWith("table, line 1: ", Assert.Single(thrown.Problems), StringComparison.Ordinal);
        Assert.Contains(problem, thrown.Problems[0], StringComparison.Ordinal);
    }

    static string Written(OutcomeTable table)
    {
        using var writer = new StringWriter();
        OutcomeFile.Write(writer, table);
        return writer.ToString();
    }
}
