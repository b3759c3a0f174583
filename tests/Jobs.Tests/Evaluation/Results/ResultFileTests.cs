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

    [Fact]
    public async Task Read_QuestionTwice_IsNamedWithItsLine()
    {
        string[] lines = Write(await ResultAsync()).TrimEnd().Split('\n');

        Assert.Equal("result, line 12: the question 'q3' occurs twice", Problem(string.Join('\n', [.. lines, lines[4]])));
    }

    [Theory]
    [InlineData("\"auto\":1", "\"auto\":1.5", "the score of 'auto' for the question 'q0' is 1.5, allowed are 0 to 1")]
    [InlineData("\"score\":1", "\"score\":-1", "the score of 'auto' for the question 'q0' is -1, allowed are 0 to 1")]
    public async Task Read_ScoreThatIsNone_IsNamedWithItsLine(string good, string bad, string problem)
    {
        string[] lines = Write(await ResultAsync()).TrimEnd().Split('\n');
        int at = lines[1].IndexOf(good, StringComparison.Ordinal);
        lines[1] = lines[1][..at] + bad + lines[1][(at + good.Length)..];

        Assert.Equal($"result, line 2: {problem}", Problem(string.Join('\n', lines)));
    }

    [Theory]
    [InlineData(0, "result: there is no question after the header")]
    [InlineData(9, "result: there are 9 questions, the header says 10: the file is not whole")]
    public async Task Read_FewerQuestionsThanTheHeaderSays_IsRefused(int kept, string problem)
    {
        string[] lines = Write(await ResultAsync()).TrimEnd().Split('\n');

        Assert.Equal(problem, Problem(string.Join('\n', lines[..(kept + 1)])));
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
