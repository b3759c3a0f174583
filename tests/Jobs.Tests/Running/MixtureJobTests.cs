using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Experts;
using Orchestrator.Jobs.Planning;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Running;

/// <summary>Jobs whose panels are asked by the aggregator itself.</summary>
public sealed class MixtureJobTests
{
    const string Job = "job-1", Mixing = "mixture-of-thoughts";

    [Fact]
    public async Task RunAsync_Mixture_KeepsWhatWasHeardAndCountsEveryCall()
    {
        await using JobRoom room = await StartAsync();
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(2, JobRoom.Panel));

        JobReport report = await jobs.RunAsync(Job);

        Assert.All(jobs.Answers(Job), answer =>
        {
            Assert.Equal(("a", "a", 3), (answer.Text, answer.Expert, answer.Calls));
            Assert.Equal([("b", "b"), ("c", "c")], answer.Heard.Select(heard => (heard.Expert, heard.Text)));
            Assert.Equal(["b", "c", "a"], answer.CallUsages.Select(call => call.Expert));
            Assert.Equal((new TokenUsage(3, 3), new TokenUsage(1, 1)), (answer.Usage, answer.MergeUsage));
            Assert.Equal(["thought"], answer.MergeReasons);
        });
        Assert.Equal((JobStage.Merge, 6, new TokenUsage(6, 6)), (report.Stages[0].Stage, report.Stages[0].Calls, report.Stages[0].Usage));
        Assert.Equal(default, jobs.Store.Items.TagTally(Job));
    }

    [Fact]
    public async Task RunAsync_LoadOfAPeerThatFailsOnce_IsTriedAgain()
    {
        var loader = new FakeModelLoader { SizeOf = _ => JobRoom.Unit, Manual = true };
        await using JobRoom room = await StartAsync(loader);
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(1, JobRoom.Panel));
        loader.Fail("b", new IOException("the disk is busy"));
        foreach (string expert in (string[])["a", "b", "c", "d"]) loader.Complete(expert);

        await jobs.RunAsync(Job);

        Assert.Equal(("a", 2, 0), (Assert.Single(jobs.Answers(Job)).Text, room.Loads("b"), room.Loads("d")));
    }

    [Theory]
    [InlineData(ExpertFailure.QueueFull)]
    [InlineData(ExpertFailure.Unavailable)]
    [InlineData(ExpertFailure.LoadFailed)]
    public async Task MergeAsync_FailureThatPasses_IsWaitedFor(ExpertFailure failure)
    {
        var (time, aggregator) = (new ManualTime(), new FailingAggregator(failure, times: 2));
        await using JobRoom room = await StartAsync();

        Task<ItemEnd> merging = Merge(room, aggregator, time);
        await time.NextTimerAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await time.NextTimerAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        ItemEnd end = await merging;

        Assert.Equal((null, "++", 3), (end.Failure, end.Text, aggregator.Asked));
    }

    [Fact]
    public async Task MergeAsync_ExpertThatCannotBeLoadedForLong_IsStoodInFor()
    {
        var (time, aggregator) = (new ManualTime(), new FailingAggregator(ExpertFailure.LoadFailed));
        await using JobRoom room = await StartAsync();

        Task<ItemEnd> merging = Merge(room, aggregator, time);
        for (int minute = 0; minute < 2; minute++)
        {
            await time.NextTimerAsync();
            time.Advance(TimeSpan.FromMinutes(1));
        }
        ItemEnd end = await merging;

        Assert.Equal(("d", "d", 3), (end.Text, end.Expert, aggregator.Asked));
    }

    [Fact]
    public async Task MergeAsync_QueueThatStaysFull_IsTheItemsFailure()
    {
        var (time, aggregator) = (new ManualTime(), new FailingAggregator(ExpertFailure.QueueFull));
        await using JobRoom room = await StartAsync();

        Task<ItemEnd> merging = Merge(room, aggregator, time);
        for (int attempt = 1; attempt < 4; attempt++)
        {
            await time.NextTimerAsync();
            time.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.Equal((ExpertFailure.QueueFull, 4), ((await merging).Failure!.Kind, aggregator.Asked));
    }

    [Fact]
    public async Task RunAsync_TwoPairsAndMemoryForOneExpert_LoadsByMixtureAndNotByItem()
    {
        using var folder = new TemporaryFolder();
        await using JobRoom room = await StartAsync(fit: 1);
        room.Place = room.Place with { Mixture = Layers(folder, thoughts: 16 << 20) };
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(600, JobRoom.Panel));
        await jobs.Store.WriteAsync(db =>
        {
            for (int i = 0; i < 600; i++) ItemTable.Plan(db, Job, i, Plan(i % 2 == 0 ? ["a", "b"] : ["c", "d"]));
        });

        JobReport report = await jobs.RunAsync(Job);

        Assert.Equal(600, report.Done);
        // One each would be 4. By windows of twice the sequences of two speakers, 16, they were 75 at least.
        Assert.InRange(report.Stages.Sum(stage => stage.Loads.Values.Sum()), 4, 50);
    }

    [Fact]
    public void Of_Items_AreGroupedByWhoSpeaksAndWhoIsHeard()
    {
        using var folder = new TemporaryFolder();
        Mixture layers = Layers(folder, 1 << 20);
        StoredItem[] items =
            [.. new[] { Plan(["arith", "price"]), Plan(["arith", "stranger"]), Plan(["arith", "price"]), Plan(["price"]) }.Select(Stored)];

        IReadOnlyList<MergeGroup> groups = MergeGroup.Of(items, plan => plan.Panel.Count > 1 ? plan.Panel[0] : null, layers);

        Assert.Equal([("arith", "price", "0,2"), ("arith", "stranger", "1")], groups.Select(
            group => (group.Expert, string.Join(',', group.Peers), string.Join(',', group.Calls.Select(call => call.Item)))));
        // Keys and values of 8 numbers in two interactions, of 8 tokens of a draft and at most 5 + 32 of the question; and buffers.
        Assert.InRange(groups[0].ThoughtBytes, 2 * (2 * 2 * 8 * 4) * (8 + 5 + 32), long.MaxValue);
        Assert.Equal(2 * layers.MostBytes("arith", ["price"], items[0].Item.Request), groups[0].ThoughtBytes);
        Assert.Equal(0, groups[1].ThoughtBytes);
    }

    [Theory]
    [InlineData(1 << 20, 512)]
    [InlineData(1 << 10, 1)]
    [InlineData(1 << 30, 4096)]
    public void UnderWay_ThoughtsOfAKilobyte_TakeHalfTheMemory(long bytes, int expected) =>
        Assert.Equal(expected, MergeGroup.UnderWay([new MergeGroup("a", ["b"], [new CallKey(0, 0), new CallKey(1, 0)], 2048)], bytes));

    static Task<JobRoom> StartAsync(FakeModelLoader? loader = null, int fit = 3) => StartAsync(JobRoom.StartAsync(loader: loader, fit: fit, aggregator: Mixing));

    static async Task<JobRoom> StartAsync(Task<JobRoom> starting)
    {
        JobRoom room = await starting;
        room.Place = room.Place with { Merger = (_, expert) => new PanelMerger(new ThinkingAggregator(room.Pool), expert) };
        return room;
    }

    static Task<ItemEnd> Merge(JobRoom room, FailingAggregator aggregator, ManualTime time)
    {
        JobWorkplace place = room.Place with { Merger = (_, expert) => new PanelMerger(aggregator, expert) };
        return new PanelMerge(() => place).MergeAsync(
            Stored(Plan(["a", "b", "c"]) with { Reserves = ["d"] }, 0), [], new Patience(time), default);
    }

    static PlanFacts Plan(string[] panel) => new()
    {
        Policy = JobRoom.Panel,
        Panel = panel,
        Weights = [.. panel.Select(_ => 1.0)],
        Aggregator = Mixing,
    };

    static StoredItem Stored(PlanFacts plan, int index) => new(index, JobRoom.Item($"k{index}", JobRoom.Panel), null, plan, null);

    static Mixture Layers(TemporaryFolder folder, long thoughts) =>
        new(MixtureFile.Read(new TinyMixture().Save(folder.Path)), _ => true, new ThoughtBudget(thoughts));
}
