using Orchestrator.Router.Pilots;
using Orchestrator.TestKit;

namespace Orchestrator.Router.Tests.Pilots;

public sealed class PilotFileTests
{
    const string Head = """{"version":1,"space":"base@0123","base":"base","pilots":[""";

    static PilotLibrary Library() => new("base@0123", "base",
        [new Pilot("law", "law-expert", [0.6f, -0.8f], 12), new Pilot("med", "base", [1 / MathF.Sqrt(3), MathF.Sqrt(2f / 3)], 3)])
    { Floor = 0.25 };

    [Fact]
    public void Read_WhatWasWritten_IsTheSameBitByBit()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("pilots.json");

        PilotFile.Write(path, Library());
        PilotLibrary read = PilotFile.Read(path);

        Assert.Equal(("base@0123", "base", 0.25), (read.Space, read.Base, read.Floor));
        Assert.Equal(2, read.Pilots.Count);
        Assert.All(Library().Pilots.Zip(read.Pilots), pair =>
        {
            Assert.Equal(pair.First.Vector, pair.Second.Vector);
            Assert.Equal(pair.First with { Vector = [] }, pair.Second with { Vector = pair.First.Vector[..0] }, Comparer);
        });
        Assert.Equal(4, File.ReadAllLines(path).Length);
        Assert.False(File.Exists(path + ".part"));
    }

    [Fact]
    public void Write_NoPilots_CanBeRead()
    {
        var writer = new StringWriter();

        PilotFile.Write(writer, new PilotLibrary("base@0123", "base", []));
        PilotLibrary read = PilotFile.Parse(writer.ToString(), "pilots.json");

        Assert.Empty(read.Pilots);
        Assert.Null(read.Floor);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("null", "null instead of a library")]
    [InlineData("""{"version":2,"space":"s","base":"b","pilots":[]}""", "reads version 1")]
    [InlineData("""{"version":1,"space":" ","base":"","floor":7,"pilots":[]}""", "the space is empty")]
    [InlineData("""{"version":1,"space":" ","base":"","floor":7,"pilots":[]}""", "the floor is 7")]
    [InlineData("""{"version":1,"base":"b","pilots":[]}""", "space")]
    [InlineData(Head + "null]}", "pilot 1: it is null")]
    [InlineData(Head + "\n{\"domain\":\"d\",\"expert\":\"e\",\"queries\":1,\"vector\":[1,0]},\n{\"domain\":\"d\",\"expert\":\"e\",\"queries\":1,\"vector\":[1,\"x\"]}]}", "line 3, pilot 2")]
    [InlineData(Head + "{\"domain\":\"d\",\"expert\":\"e\",\"queries\":1,\"vector\":[1,0]},{\"domain\":\"d\",\"expert\":\"e\",\"queries\":1,\"vector\":[1]}]}", "pilot 2: it has 1 dimensions")]
    [InlineData(Head + "{\"domain\":\"d\",\"expert\":\"e\",\"queries\":0,\"vector\":[3,4]}]}", "pilot 1: it has length 5")]
    [InlineData(Head + "{\"domain\":\"d\",\"expert\":\"e\",\"queries\":1,\"vector\":[1,0]}", "line 1")]
    public void Parse_BadFile_SaysWhereAndWhat(string text, string expected)
    {
        var failure = Assert.Throws<PilotFileException>(() => PilotFile.Parse(text, "pilots.json"));

        Assert.All(failure.Problems, problem => Assert.StartsWith("pilots.json", problem, StringComparison.Ordinal));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    static EqualityComparer<Pilot> Comparer { get; } = EqualityComparer<Pilot>.Create(
        (left, right) => (left!.Domain, left.Expert, left.Queries) == (right!.Domain, right.Expert, right.Queries));
}
