using Orchestrator.Jobs.Aggregation;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Aggregation;

public sealed class AggregationFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Path => _folder.File("aggregation.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Written_GivesTheSame()
    {
        var choice = new AggregationChoice
        {
            Source = "questions.jsonl",
            Items = new ItemSet(100, "abc", ["a", "b"]),
            Results = [new("a", "f", 12, 70, 100, 900, null), new("b", "g", null, 0, 0, 0, "no disk")],
        };

        AggregationFile.Write(Path, choice);
        AggregationChoice read = AggregationFile.Read(Path)!;

        Assert.Equal(("questions.jsonl", "a"), (read.Source, read.Chosen));
        Assert.Equal(choice.Results, read.Results);
        Assert.Equal(choice.Items.Experts, read.Items.Experts);
        Assert.Contains("\"chosen\": \"a\"", File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.Contains("\"low\": 0.6", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_IsNoChoice() => Assert.Null(AggregationFile.Read(Path));

    [Theory]
    [InlineData("""{"source":"q","items":{"count":1,"fingerprint":"f","experts":[]},"results":[null]}""", "results[0] is null")]
    [InlineData("""{"source":"q","items":{"count":1,"fingerprint":"f","experts":[null]},"results":[]}""", "items.experts")]
    [InlineData("null", "it is null")]
    [InlineData("nonsense", "not a choice of aggregator")]
    public void Read_Damaged_SaysWhereAndHowToReplaceIt(string text, string problem)
    {
        File.WriteAllText(Path, text);

        string message = Assert.Throws<AggregationFileException>(() => AggregationFile.Read(Path)).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Contains("'orchestrator aggregator choose --redo' replaces the file", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"source":"q","items":{"count":1,"fingerprint":"f","experts":[]},"results":[],"more":1}""")]
    [InlineData("""
        {"source":"q","items":{"count":1,"fingerprint":"f","experts":[]},
         "results":[{"expert":"a","fingerprint":"f","parameters":1,"right":2,"items":1,"tokens":1,"failure":null}]}
        """)]
    public void Read_SomethingElse_NamesTheFile(string text)
    {
        File.WriteAllText(Path, text);

        var problem = Assert.Throws<AggregationFileException>(() => AggregationFile.Read(Path));

        Assert.Contains(Path, problem.Message, StringComparison.Ordinal);
    }
}
