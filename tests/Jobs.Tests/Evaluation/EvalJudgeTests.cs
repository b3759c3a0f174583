using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Profiling;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Evaluation;

public sealed class EvalJudgeTests
{
    static readonly EvalDataset Dataset = EvalDataset.Of("judged", [.. EvalCase.Questions.Select(question => question with { Grader = "judge" })]);

    static readonly EvalOptions Options = EvalCase.Options with { Judge = "referee" };

    [Fact]
    public async Task RunAsync_JudgedQuestions_AskTheJudgeOnceForEachDifferentAnswer()
    {
        var runner = new FakeArmRunner(Judged);

        EvalResult result = await RunAsync(runner);

        var judging = Assert.Single(runner.Runs, run => run.Items[0].Model == "referee");
        Assert.Equal(judging.Items.Count, judging.Items.DistinctBy(item => item.Question).Count());
        Assert.Equal(0.8, result.Rows.Average(row => row.Scores["auto"]!.Value), 12);
        Assert.Equal(1, result.Rows.Average(row => row.Scores[Columns.Oracle]!.Value), 12);
        Assert.Equal(ArmKind.Judge, result.Facts.Arms[^1].Kind);
    }

    [Fact]
    public async Task RunAsync_UnclearReply_IsUngradedAndNeitherRightNorWrong()
    {
        var runner = new FakeArmRunner((model, question, sample) =>
            model == "referee" && question.Contains("wrong by auto", StringComparison.Ordinal) ? "hard to say" : Judged(model, question, sample));

        EvalResult result = await RunAsync(runner);

        Assert.Equal(2, result.Facts.Arms.Single(arm => arm.Arm == "auto").Ungraded);
        Assert.Null(result.Rows[9].Scores["auto"]);
        Assert.Contains("neither yes nor no", result.Rows[9].Answers["auto"].Note, StringComparison.Ordinal);
        GroupSummary all = EvalSummary.Of(result).All;
        Assert.Equal((8, 2, 1.0), (all.Count, all.LeftOut, all.Means["auto"].Value));
    }

    [Fact]
    public async Task RunAsync_JudgeThatRefuses_LeavesTheAnswerUngraded()
    {
        var runner = new FakeArmRunner(Judged);
        await RunAsync(runner);
        string prompt = runner.Runs.Single(run => run.Items[0].Model == "referee").Items[0].Question;
        var refusing = new FakeArmRunner(Judged) { Refused = { ("referee", prompt) } };

        EvalResult result = await RunAsync(refusing);

        Assert.Contains("the judge did not reply: Too long.", result.Rows[0].Answers.Values.Select(answer => answer.Note));
    }

    [Fact]
    public async Task RunAsync_JudgeAmongTheExperts_IsAWarning()
    {
        EvalResult result = await RunAsync(new FakeArmRunner(Judged), Options with { Judge = "novice" });

        Assert.Contains("The judge novice is one of the experts it judges.", result.Facts.Warnings);
    }

    static Task<EvalResult> RunAsync(FakeArmRunner runner, EvalOptions? options = null) =>
        new EvalJob(options ?? Options, runner, new ManualTime()).RunAsync(Dataset, EvalCase.Subjects);

    /// <summary>The judge compares the last line of its prompt with the reference.</summary>
    static string Judged(string model, string question, int sample)
    {
        if (!question.Contains("Reference:", StringComparison.Ordinal))
            return EvalCase.Answer(model, question, sample);
        string[] lines = question.Split('\n');
        string reference = lines[Array.IndexOf(lines, "Reference:") + 1];
        return question.EndsWith($"Answer: {reference}", StringComparison.Ordinal) ? "yes" : "no";
    }
}
