using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Evaluation.Results;

public sealed class ResultFileTests
{
    [Fact]
    public async Task Read_WhatWasWritten_IsTheSame()
    {
        EvalResult result = await ResultAsync();

        string text = Write(result);
        EvalResult read = ResultFile.Read(new StringReader(text), "result");

        Assert.Equal(text, Write(read));
        Assert.Equal(11, text.Count(letter => letter == '\n'));
        Assert.Equal(result.Facts.Hash, read.Facts.Hash);
        Assert.Equal(result.Facts.Arms[0].WallTime, read.Facts.Arms[0].WallTime);
        Assert.Equal(result.Facts.Arms[1].Loads["ask"], read.Facts.Arms[1].Loads["ask"]);
        Assert.Equal(result.Rows[3].Scores, read.Rows[3].Scores);
        Assert.Equal(result.Rows[3].Answers["auto"].Panel, read.Rows[3].Answers["auto"].Panel);
    }

    [Fact]
    public async Task Read_OldestVersion_IsNamed()
    {
        string text = Write(await ResultAsync()).Replace("\"evalVersion\":1", "\"evalVersion\":7", StringComparison.Ordinal);

        Assert.Equal("result, line 1: the result has version 7, this program reads version 1", Problem(text));
    }

    [Theory]
    [InlineData("", "result, line 1: the header of an evaluation's result is missing")]
    [InlineData("{}", "result, line 1: not the JSON of an evaluation's result")]
    [InlineData("null", "result, line 1: the line is null")]
    [InlineData("""{"id":"a","question":"?","reference":"1"}""", "result, line 1: not the JSON of an evaluation's result")]
    public void Read_NoResult_SaysWhatIsWrong(string text, string problem) => Assert.StartsWith(problem, Problem(text), StringComparison.Ordinal);

    [Fact]
    public async Task Read_TornLines_AreAllNamed()
    {
        string text = Write(await ResultAsync()) + "{\"id\":\n[]\n";

        string[] problems = Problem(text).Split('\n');

        Assert.Equal(2, problems.Length);
        Assert.StartsWith("result, line 12: ", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("result, line 13: ", problems[1], StringComparison.Ordinal);
    }

    internal static Task<EvalResult> ResultAsync(EvalOptions? options = null, Func<string, string, int, string>? answer = null)
    {
        var runner = new FakeArmRunner(answer ?? EvalCase.Answer) { Panels = { ["trio"] = ["abacus", "cipher", "novice"] } };
        return new EvalJob(options ?? EvalCase.Options, runner, new ManualTime()).RunAsync(EvalCase.Dataset, EvalCase.Subjects);
    }

    static string Write(EvalResult result)
    {
        using var writer = new StringWriter();
        ResultFile.Write(writer, result);
        return writer.ToString();
    }

    static string Problem(string text) => Assert.Throws<ResultFileException>(() => ResultFile.Read(new StringReader(text), "result")).Message;
}
