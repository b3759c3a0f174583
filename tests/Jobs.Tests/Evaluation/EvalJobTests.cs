using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Evaluation;

public sealed class EvalJobTests
{
    readonly FakeArmRunner _runner = new(EvalCase.Answer);

    [Fact]
    public async Task RunAsync_Policy_IsScoredBesideEveryBaseline()
    {
        EvalResult result = await RunAsync(EvalCase.Options with { Generalist = "novice" });

        Assert.Equal(0.8, Mean(result, "auto"), 12);
        Assert.Equal(0.5, Mean(result, Columns.BestSingle), 12);
        Assert.Equal((0.5 + 0.5 + 0.3) / 3, Mean(result, Columns.Random), 12);
        Assert.Equal(0.3, Mean(result, Columns.Generalist), 12);
        Assert.Equal(1, Mean(result, Columns.Oracle), 12);
        // Two of three agree on the first three; on the others all differ, and each is drawn once in three.
        Assert.Equal((3 + 7.0 / 3) / 10, Mean(result, Columns.Vote), 12);
        Assert.Equal(10, result.Rows.Count);
        Assert.Equal(["auto"], result.Facts.Policies.Select(policy => policy.Name));
    }

    [Fact]
    public async Task RunAsync_BestSingle_IsChosenOnTheProfileNotOnTheQuestions()
    {
        EvalResult result = await RunAsync(EvalCase.Options);

        // On the questions abacus and cipher are equal, and abacus comes first.
        Assert.Equal(new BestSingleFacts("cipher", "the profile of 2 questions"), result.Facts.BestSingle);
    }

    [Fact]
    public async Task RunAsync_NoProfile_ChoosesOnQuestionsThatAreNotReported()
    {
        EvalResult result = await RunAsync(EvalCase.Options, EvalCase.Subjects with { Profile = OutcomeTable.Empty });

        Assert.Equal(7, result.Rows.Count);
        Assert.Equal(7, Items("auto").Count);
        Assert.Equal(10, Items("abacus").Count);
        Assert.Contains("3 questions of the dataset", result.Facts.BestSingle!.ChosenOn, StringComparison.Ordinal);
        string[] setAside = [.. EvalCase.Questions.Select(question => question.Id).Except(result.Rows.Select(row => row.Id))];
        int low = setAside.Count(id => int.Parse(id[1..]) < 5);
        Assert.Equal(low >= 2 ? "abacus" : "cipher", result.Facts.BestSingle.Expert);
        Assert.NotEqual(EvalCase.Dataset.Hash, result.Facts.Hash);
    }

    [Fact]
    public async Task RunAsync_EveryArm_IsAJobOfGreedyQuestionsWithoutTheirSkills()
    {
        await RunAsync(EvalCase.Options);

        Assert.Equal(["auto", "abacus", "cipher", "novice"], _runner.Runs.Select(run => run.Items[0].Model));
        Assert.All(_runner.Runs.SelectMany(run => run.Items), item =>
        {
            Assert.Equal(0, item.Request.Sampling!.Temperature);
            Assert.Equal(512, item.Request.MaxTokens);
            Assert.Empty(item.Skills);
            Assert.False(item.AllowVariant);
        });
    }

    [Fact]
    public async Task RunAsync_NoBaselines_RunsThePoliciesOnly()
    {
        EvalResult result = await RunAsync(EvalCase.Options with { Policies = ["auto", "trio"], Baselines = false });

        Assert.Equal(["auto", "trio"], _runner.Runs.Select(run => run.Items[0].Model));
        Assert.Equal(["auto", "trio"], result.Rows[0].Scores.Keys);
        Assert.Null(result.Facts.BestSingle);
    }

    [Fact]
    public async Task RunAsync_PolicyOfThree_SamplesTheBestSingleAsOften()
    {
        _runner.Panels["trio"] = ["abacus", "cipher", "novice"];

        EvalResult result = await RunAsync(EvalCase.Options with { Policies = ["auto", "trio"] });

        var sampled = Assert.Single(_runner.Runs, run => run.Items[0].Samples > 1);
        Assert.All(sampled.Items, item => Assert.Equal(("cipher", 3, 0.7f), (item.Model, item.Samples, item.Request.Sampling!.Temperature)));
        Assert.Equal(new BudgetFacts(3, 30, 3, 30, true), result.Facts.Budgets[Columns.AtCalls("trio")]);
        Assert.Equal(new BudgetFacts(1, 10, 1, 10, true), result.Facts.Budgets[Columns.AtTokens("auto")]);
        Assert.Equal(0.5, Mean(result, Columns.AtTokens("trio")), 12);
    }

    [Fact]
    public async Task RunAsync_PolicyOfManyTokens_SamplesInRoundsUntilTheyMatch()
    {
        var runner = new FakeArmRunner(EvalCase.Answer) { Written = model => model == "auto" ? 63 : 8 };

        EvalResult result = await new EvalJob(EvalCase.Options, runner, new ManualTime()).RunAsync(EvalCase.Dataset, EvalCase.Subjects);

        BudgetFacts matched = result.Facts.Budgets[Columns.AtTokens("auto")];
        Assert.Equal(65, matched.Tokens, 9);
        Assert.Equal(6.5, matched.Calls, 9);
        Assert.True(matched.Matched);
        Assert.Equal(1, result.Facts.Budgets[Columns.AtCalls("auto")].Calls);
    }

    [Fact]
    public async Task RunAsync_MoreTokensThanSamplesMayTake_IsAWarning()
    {
        var runner = new FakeArmRunner(EvalCase.Answer) { Written = model => model == "auto" ? 998 : 8 };

        EvalResult result = await new EvalJob(EvalCase.Options with { MaxSamples = 4 }, runner, new ManualTime())
            .RunAsync(EvalCase.Dataset, EvalCase.Subjects);

        Assert.False(result.Facts.Budgets[Columns.AtTokens("auto")].Matched);
        Assert.Equal(4, result.Facts.Budgets[Columns.AtTokens("auto")].Calls);
        Assert.Contains(result.Facts.Warnings, warning => warning.Contains("limit of 4 samples", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_ItemWithoutAnswer_IsWrongAndCounted()
    {
        _runner.Refused.Add(("auto", "0"));

        EvalResult result = await RunAsync(EvalCase.Options);

        Assert.Equal(0, result.Rows[0].Scores["auto"]);
        Assert.StartsWith("prompt_too_long", result.Rows[0].Answers["auto"].Note, StringComparison.Ordinal);
        Assert.Equal(1, result.Facts.Arms.Single(arm => arm.Arm == "auto").Failed);
        Assert.Contains(result.Facts.Warnings, warning => warning.Contains("gave no answer to 1 of 10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_BestSingleRefusesAQuestion_StillSamplesTheOthers()
    {
        _runner.Panels["trio"] = ["abacus", "cipher", "novice"];
        _runner.Refused.Add(("cipher", "9"));

        EvalResult result = await RunAsync(EvalCase.Options with { Policies = ["trio"] });

        Assert.Equal(0, result.Rows[9].Scores[Columns.AtCalls("trio")]);
        Assert.Equal(1, result.Rows[8].Scores[Columns.AtCalls("trio")]);
    }

    [Fact]
    public async Task RunAsync_Again_GoesOnWithTheSameJobsUntilTheyAreForgotten()
    {
        var job = new EvalJob(EvalCase.Options, _runner, new ManualTime());
        await job.RunAsync(EvalCase.Dataset, EvalCase.Subjects);
        EvalResult again = await job.RunAsync(EvalCase.Dataset, EvalCase.Subjects);

        Assert.Equal(4, _runner.Kept.Count());
        Assert.All(again.Facts.Arms, arm => Assert.True(arm.Resumed));
        await job.ForgetAsync();
        Assert.Empty(_runner.Kept);
    }

    [Fact]
    public async Task RunAsync_OtherQuestionsOrSettings_AreOtherJobs()
    {
        await RunAsync(EvalCase.Options);
        await RunAsync(EvalCase.Options with { MaxTokens = 100 });
        await RunAsync(EvalCase.Options, EvalCase.Subjects with { Fingerprint = "changed" });
        await new EvalJob(EvalCase.Options, _runner, new ManualTime()).RunAsync(EvalDataset.Of("nine", EvalCase.Questions[1..]), EvalCase.Subjects);

        Assert.Equal(16, _runner.Kept.Count());
    }

    [Fact]
    public async Task RunAsync_Cancelled_KeepsWhatWasDone()
    {
        using var stop = new CancellationTokenSource();
        var runner = new FakeArmRunner(EvalCase.Answer) { BeforeRun = job => { if (job.EndsWith("cipher", StringComparison.Ordinal)) stop.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new EvalJob(EvalCase.Options, runner, new ManualTime())
            .RunAsync(EvalCase.Dataset, EvalCase.Subjects, progress: null, stop.Token));

        Assert.Equal(2, runner.Kept.Count());
    }

    [Fact]
    public async Task RunAsync_ProfiledQuestions_AreAWarning()
    {
        var profile = new OutcomeTable("", ["cipher"], [new OutcomeRow("p", "3", [], [new Outcome(1, 1)])]);

        EvalResult result = await RunAsync(EvalCase.Options, EvalCase.Subjects with { Profile = profile });

        Assert.Contains(result.Facts.Warnings, warning => warning.Contains("1 of the 10 questions are in the profile", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_Progress_NamesArmsAndPlaces()
    {
        var seen = new List<EvalProgress>();

        await new EvalJob(EvalCase.Options, _runner, new ManualTime()).RunAsync(EvalCase.Dataset, EvalCase.Subjects, new Listener(seen));

        Assert.Equal([("auto", 1, 4), ("abacus", 2, 4), ("cipher", 3, 4), ("novice", 4, 4)], seen.Select(now => (now.Arm, now.Place, now.Arms)));
    }

    IReadOnlyList<Jobs.Running.JobItem> Items(string model) => _runner.Runs.First(run => run.Items[0].Model == model).Items;

    static double Mean(EvalResult result, string column) => result.Rows.Average(row => row.Scores[column]!.Value);

    Task<EvalResult> RunAsync(EvalOptions options, EvalSubjects? subjects = null) =>
        new EvalJob(options, _runner, new ManualTime()).RunAsync(EvalCase.Dataset, subjects ?? EvalCase.Subjects);

    sealed class Listener(List<EvalProgress> seen) : IProgress<EvalProgress>
    {
        public void Report(EvalProgress value) => seen.Add(value);
    }
}
