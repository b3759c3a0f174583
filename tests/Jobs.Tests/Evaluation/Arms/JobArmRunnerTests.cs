using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Tests.Running;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Evaluation.Arms;

/// <summary>Evaluations on real jobs over experts that load in no time and say their names.</summary>
public sealed class JobArmRunnerTests
{
    static readonly ProfileQuestion[] Questions =
    [
        .. Enumerable.Range(0, 12).Select(i => new ProfileQuestion
        {
            Id = $"q{i}", Question = $"question {i}", Reference = $"{"abcd"[i % 4]}", Grader = "exact", Skills = ["names"],
        }),
    ];

    static readonly EvalOptions Options = new() { Policies = [JobRoom.Panel], Bootstrap = new BootstrapOptions { Resamples = 100 } };

    [Fact]
    public async Task RunAsync_EveryArm_HasTheLoadsAndCallsOfItsOwn()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        // Time stands still, so that no policy takes longer than another.
        await using JobService jobs = room.Open(new ManualTime());

        EvalResult result = await RunAsync(room, jobs);

        ArmTotals panel = result.Facts.Arms[0];
        Assert.Equal((JobRoom.Panel, 12, 36, 72, 3L), (panel.Arm, panel.Items, panel.Calls, panel.Tokens, panel.TotalLoads));
        Assert.InRange(panel.PeakBytes, 1, 3 * JobRoom.Unit);
        // The panel left three of them loaded: each is unloaded before its own arm, and loaded by it.
        Assert.All(result.Facts.Arms.Where(arm => arm.Kind == ArmKind.Expert), arm => Assert.Equal((12, 1L, JobRoom.Unit), (arm.Calls, arm.TotalLoads, arm.PeakBytes)));
        ArmTotals samples = Assert.Single(result.Facts.Arms, arm => arm.Kind == ArmKind.Samples);
        Assert.Equal((36, 1L), (samples.Calls, samples.TotalLoads));
        Assert.All(
            [Columns.AtCalls(JobRoom.Panel), Columns.AtTokens(JobRoom.Panel)],
            column => Assert.Equal((3, 6), (result.Facts.Budgets[column].Calls, result.Facts.Budgets[column].Tokens)));
        Assert.Equal(["a", "b", "c"], panel.TokensByExpert.Keys.Order());
        Assert.Equal(["a", "b", "c"], result.Rows[0].Answers[JobRoom.Panel].Panel);
        Assert.Equal((1.0, 0.25), (result.Rows.Average(row => row.Scores[Columns.Oracle]), result.Rows.Average(row => row.Scores[Columns.Random])));
    }

    [Fact]
    public async Task RunAsync_InterruptedBetweenArms_KeepsWhatTheFinishedOnesTook()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await InterruptAsync(room, place: 3);

        await using JobService jobs = room.Open();
        EvalResult result = await RunAsync(room, jobs);

        Assert.Equal((36, 3L, false), (result.Facts.Arms[0].Calls, result.Facts.Arms[0].TotalLoads, result.Facts.Arms[0].Resumed));
        Assert.Equal((12, 1L, false), (result.Facts.Arms[1].Calls, result.Facts.Arms[1].TotalLoads, result.Facts.Arms[1].Resumed));
        Assert.Equal(1, result.Rows.Average(row => row.Scores[Columns.Oracle]));
    }

    [Fact]
    public async Task RunAsync_InterruptedWithinAnArm_SaysThatItsCostIsNotWhole()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await InterruptAsync(room, place: 2, itemsDone: 5);

        await using JobService jobs = room.Open();
        EvalResult result = await RunAsync(room, jobs);

        Assert.Equal((12, true), (result.Facts.Arms[1].Calls, result.Facts.Arms[1].Resumed));
        Assert.Contains(result.Facts.Warnings, warning => warning.StartsWith("a (expert) went on", StringComparison.Ordinal));
        Assert.Equal(12, result.Rows.Select(row => row.Answers["a"].Text).Count(text => text == "a"));
    }

    [Fact]
    public async Task RunAsync_InterruptedAgainAfterAResumedArm_KeepsItsLastPart()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        room.Place = room.Place with { Tagging = new SkillTagging(model => model == JobRoom.Panel, TagAsync) };
        await InterruptAsync(room, place: 1, stage: JobStage.Ask);
        await InterruptAsync(room, place: 3);

        await using JobService jobs = room.Open();
        ArmTotals panel = (await RunAsync(room, jobs)).Facts.Arms[0];

        Assert.Equal((12 * 8, 3L, true), (panel.Calls, panel.TotalLoads, panel.Resumed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task RunAsync_InterruptedAfterTagging_StillCountsWhatTaggingTook(int itemsDone)
    {
        await using JobRoom room = await JobRoom.StartAsync();
        room.Place = room.Place with { Tagging = new SkillTagging(model => model == JobRoom.Panel, TagAsync) };
        await InterruptAsync(room, place: 1, itemsDone, JobStage.Ask);

        await using JobService jobs = room.Open();
        EvalResult result = await RunAsync(room, jobs);

        // Three members and five answers of the tagger to each of twelve questions.
        ArmTotals panel = result.Facts.Arms[0];
        Assert.Equal((12 * 8, 12L * (6 + 30), true), (panel.Calls, panel.Tokens, panel.Resumed));
        Assert.Equal(8, result.Facts.Budgets[Columns.AtCalls(JobRoom.Panel)].PolicyCalls);
        Assert.Contains(result.Facts.Warnings, warning => warning.EndsWith("its calls and tokens are whole.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_InterruptedAfterATaggedArm_CountsItOnce()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        room.Place = room.Place with { Tagging = new SkillTagging(model => model == JobRoom.Panel, TagAsync) };
        await InterruptAsync(room, place: 2);

        await using JobService jobs = room.Open();
        ArmTotals panel = (await RunAsync(room, jobs)).Facts.Arms[0];

        Assert.Equal((12 * 8, false), (panel.Calls, panel.Resumed));
    }

    [Fact]
    public async Task ForgetAsync_AfterTheResult_MeasuresAnew()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        EvalJob job = Job(room, jobs);
        await job.RunAsync(EvalDataset.Of("names", Questions), Subjects);

        await job.ForgetAsync();
        EvalResult again = await job.RunAsync(EvalDataset.Of("names", Questions), Subjects);

        Assert.DoesNotContain(again.Facts.Arms, arm => arm.Resumed);
        Assert.Equal(3, again.Facts.Arms[0].TotalLoads);
    }

    static EvalSubjects Subjects => new()
    {
        Policies = [new(JobRoom.Panel, "best-single", new Dictionary<string, string>(), 1)],
        Experts = ["a", "b", "c", "d"],
        All = ["a", "b", "c", "d"],
        Profile = new OutcomeTable("", ["a"], [new OutcomeRow("p", "other", [], [new Outcome(1, 1)])]),
        Fingerprint = "config",
    };

    static Task<EvalResult> RunAsync(JobRoom room, JobService jobs) => Job(room, jobs).RunAsync(EvalDataset.Of("names", Questions), Subjects);

    static EvalJob Job(JobRoom room, JobService jobs) => new(Options, new JobArmRunner(jobs, room.Pool, room.Folder, TimeProvider.System), TimeProvider.System);

    static Task<IReadOnlyList<TaggedQuestion>> TagAsync(IReadOnlyList<string> questions, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TaggedQuestion>>([.. questions.Select(_ => new TaggedQuestion("a", ["names"], 5, new TokenUsage(20, 10)))]);

    static async Task InterruptAsync(JobRoom room, int place, int itemsDone = 0, JobStage stage = JobStage.Tag)
    {
        using var stop = new CancellationTokenSource();
        await using JobService jobs = room.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Job(room, jobs)
            .RunAsync(EvalDataset.Of("names", Questions), Subjects, new Stopping(stop, place, itemsDone, stage), stop.Token));
    }

    /// <summary>Interrupts within an arm, once so many of its items are answered and it has come to a stage.</summary>
    sealed class Stopping(CancellationTokenSource stop, int place, int itemsDone, JobStage stage) : IProgress<EvalProgress>
    {
        public void Report(EvalProgress value)
        {
            if (value.Place == place && value.Job.ItemsDone >= itemsDone && value.Job.Stage >= stage) stop.Cancel();
        }
    }
}
