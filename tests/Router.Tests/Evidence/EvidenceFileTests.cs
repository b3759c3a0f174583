using Orchestrator.Router.Evidence;
using Orchestrator.TestKit;

namespace Orchestrator.Router.Tests.Evidence;

public sealed class EvidenceFileTests
{
    const string Header = """{"version":1,"source":"questions.jsonl","experts":["a","b"]}""";

    [Fact]
    public void Read_WhatWasWritten_IsTheSameToThreeDecimals()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("evidence.jsonl");
        EvidenceFile.Write(path, new EvidenceTable("questions.jsonl", ["a", "b"],
            [new EvidenceRow("q1", [new AnswerEvidence(-1.23456, -0.5), null]), new EvidenceRow("q2", [null, new AnswerEvidence(0, 0)])]));

        EvidenceTable read = EvidenceFile.Read(path);

        Assert.Equal("questions.jsonl", read.Source);
        Assert.Equal(new AnswerEvidence(-1.235, -0.5), read.Of("q1", "a"));
        Assert.Null(read.Of("q1", "b"));
        Assert.Equal(new AnswerEvidence(0, 0), read.Of("q2", "b"));
        Assert.Null(read.Of("q3", "a"));
        Assert.Null(read.Of("q1", "c"));
    }

    [Theory]
    [InlineData("", "line 1: the header is missing")]
    [InlineData("""{"version":2,"source":"","experts":[]}""", "reads version 1")]
    [InlineData(Header + "\n{\"id\":\"q\",\"least\":[-1],\"mean\":[-1]}", "line 2: 'q' needs 2 numbers")]
    [InlineData(Header + "\n{\"id\":\"q\",\"least\":[1,0],\"mean\":[0,0]}", "above 0")]
    [InlineData(Header + "\n{\"id\":\"q\",\"least\":[null,0],\"mean\":[null,0]}\n{\"id\":\"q\",\"least\":[0,0],\"mean\":[0,0]}", "line 3: the id 'q' occurs twice")]
    [InlineData(Header + "\nnot json", "line 2")]
    public void Read_BadFile_SaysWhereAndWhat(string text, string expected)
    {
        var failure = Assert.Throws<EvidenceFileException>(() => EvidenceFile.Read(new StringReader(text), "evidence.jsonl"));

        Assert.Contains("evidence.jsonl", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
