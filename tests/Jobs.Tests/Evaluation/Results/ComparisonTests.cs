using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Reports;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Evaluation.Results;

public sealed class ComparisonTests
{
    [Fact]
    public async Task Of_TwoResults_ComparesQuestionByQuestion()
    {
        EvalResult before = await ResultFileTests.ResultAsync();
        EvalResult after = await ResultFileTests.ResultAsync(answer: (model, question, sample) =>
            model == "auto" && question is "9" ? "Answer: r9" : model == "auto" && question is "0" ? "Answer: no" : EvalCase.Answer(model, question, sample));

        Comparison comparison = Comparison.Of(before, after);

        Assert.Equal([EvalSummary.Overall, "add", "reverse"], comparison.Groups.Select(group => group.Name));
        Assert.Equal(new McNemar(7, 1, 1, 1), comparison.Groups[0].Counts);
        Assert.Equal(0, comparison.Groups[0].Difference.Value, 12);
        Assert.Equal((5, -0.2), (comparison.Groups[1].Count, Math.Round(comparison.Groups[1].Difference.Value, 9)));
    }

    [Fact]
    public async Task Of_OneResult_ComparesAnyTwoColumns()
    {
        EvalResult result = await ResultFileTests.ResultAsync();

        Comparison comparison = Comparison.Of(result, result, "novice", Columns.Oracle);

        Assert.Equal((0.3, 1.0), (comparison.Groups[0].A, comparison.Groups[0].B));
        Assert.Equal(new McNemar(3, 0, 7, 0), comparison.Groups[0].Counts);
        Assert.True(comparison.Groups[0].Difference.Range.Low > 0);
    }

    [Fact]
    public async Task Of_ColumnOfExpectedValues_HasNoCountsAndSaysWhy()
    {
        EvalResult result = await ResultFileTests.ResultAsync();

        Comparison comparison = Comparison.Of(result, result, "auto", Columns.Random);

        Assert.Equal([Columns.Random], comparison.Fractional);
        Assert.All(comparison.Groups, group => Assert.Null(group.Counts));
        string text = ComparisonText.Write(comparison);
        Assert.Contains($"No counts and no p: '{Columns.Random}' has scores between 0 and 1", text, StringComparison.Ordinal);
        Assert.Matches(@"all questions\s+10\s+80\.0\s+43\.3.*–\s+–\s+–\s+–\s+–", text);
    }

    [Fact]
    public async Task Of_OtherSkillsOnTheSameQuestions_AreCompared()
    {
        EvalResult result = await ResultFileTests.ResultAsync();
        EvalDataset relabelled = EvalDataset.Of("relabelled", [.. EvalCase.Questions.Select(question => question with { Skills = ["other"] })]);
        EvalResult other = await new EvalJob(EvalCase.Options, new FakeArmRunner(EvalCase.Answer), new ManualTime()).RunAsync(relabelled, EvalCase.Subjects);

        Assert.Equal(10, Comparison.Of(result, other).Groups[0].Count);
    }

    [Fact]
    public async Task Of_OtherQuestions_IsRefused()
    {
        EvalResult result = await ResultFileTests.ResultAsync();
        EvalResult other = result with { Facts = result.Facts with { Dataset = "other", Hash = "abc" } };

        string message = Assert.Throws<EvalException>(() => Comparison.Of(result, other)).Message;

        Assert.Contains("different questions: ten.jsonl (10 questions, hash", message, StringComparison.Ordinal);
        Assert.Contains("other (10 questions, hash abc)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_UnknownColumn_ListsThoseThereAre()
    {
        EvalResult result = await ResultFileTests.ResultAsync();

        Assert.Contains("The second result has no column 'trio'; it has auto, abacus",
            Assert.Throws<EvalException>(() => Comparison.Of(result, result, null, "trio")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_UngradedQuestions_AreLeftOut()
    {
        EvalResult result = await ResultFileTests.ResultAsync();
        EvalRow hole = result.Rows[0] with { Scores = new Dictionary<string, double?> { ["auto"] = null } };
        EvalResult torn = result with { Rows = [hole, .. result.Rows.Skip(1)] };

        Comparison comparison = Comparison.Of(torn, result);

        Assert.Equal((9, 1), (comparison.Groups[0].Count, comparison.LeftOut));
        Assert.Contains("1 questions are left out", ComparisonText.Write(comparison), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Comparison_HasColumnsOfOneWidth()
    {
        EvalResult result = await ResultFileTests.ResultAsync();

        string[] lines = ComparisonText.Write(Comparison.Of(result, result, "novice", "auto")).Split(Environment.NewLine);

        Assert.Equal("A: novice", lines[0]);
        string all = lines.Single(line => line.StartsWith(EvalSummary.Overall, StringComparison.Ordinal));
        Assert.Matches(@"^all questions\s+10\s+30\.0\s+80\.0\s+\+50\.0 \[.*\]\s+3\s+0\s+5\s+2\s+0\.0625$", all);
        Assert.Equal(lines[3].Length, all.Length + "p".Length - 1);
    }
}
