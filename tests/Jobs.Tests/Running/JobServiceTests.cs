using Orchestrator.Experts;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Skills.Tagging;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Jobs.Tests.Running;

public sealed class JobServiceTests
{
    const string Job = "job-1";

    [Fact]
    public async Task RunAsync_NamedExperts_EachAnswersItsItems()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();

        JobReport report = await RunAsync(jobs, JobRoom.Items(40, "a", "b", "c", "d"));

        JobAnswer[] answers = [.. jobs.Answers(Job)];
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"k{i}"), answers.Select(answer => answer.Key));
        Assert.All(answers, answer => Assert.Equal($"{"abcd"[answer.Index % 4]}", answer.Text));
        Assert.All(answers, answer => Assert.Equal("direct", answer.Plan!.Policy));
        Assert.Equal((40, 40, 0), (report.Items, report.Done, report.Failed));
        Assert.Equal(40, Assert.Single(report.Stages).Calls);
        Assert.Equal(new TokenUsage(40, 40), report.Stages[0].Usage);
    }

    [Fact]
    public async Task RunAsync_MemoryForThree_LoadsEveryExpertOnce()
    {
        await using JobRoom room = await JobRoom.StartAsync(experts: 8);
        await using JobService jobs = room.Open();

        JobReport report = await RunAsync(jobs, JobRoom.Items(400, "a", "b", "c", "d", "e", "f", "g", "h"));

        Assert.All("abcdefgh", expert => Assert.Equal(1, room.Loads($"{expert}")));
        Assert.All(report.Stages[0].Loads.Values, loads => Assert.Equal(1, loads));
        Assert.Equal(8, report.Stages[0].Loads.Count);
        Assert.InRange(report.PeakBytes, 1, 3 * JobRoom.Unit);
    }

    [Fact]
    public async Task RunAsync_PanelOfAPolicy_MergesWhatAllSaid()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();

        await RunAsync(jobs, JobRoom.Items(10, JobRoom.Panel));

        Assert.All(jobs.Answers(Job), answer =>
        {
            Assert.Equal("a+b+c", answer.Text);
            Assert.Equal(["a", "b", "c"], answer.Members.Select(member => member.Expert));
            Assert.Equal(["joined"], answer.MergeReasons);
            Assert.Equal(3, answer.Calls);
            Assert.Equal(new TokenUsage(3, 3), answer.Usage);
            Assert.NotEmpty(answer.Plan!.Reasons);
        });
    }

    [Fact]
    public async Task RunAsync_ExpertMerges_IsAStageOfItsOwn()
    {
        await using JobRoom room = await JobRoom.StartAsync(merging: "d");
        await using JobService jobs = room.Open();
        var seen = new List<JobProgress>();

        await RunAsync(jobs, JobRoom.Items(10, JobRoom.Panel), new Listed(seen));

        Assert.All(jobs.Answers(Job), answer => Assert.Equal("a+b+c", answer.Text));
        JobProgress asked = seen.Last(now => now.Stage == JobStage.Ask);
        Assert.Equal((3, 3, 0), (asked.ExpertsDone, asked.Experts, asked.ItemsDone));
        Assert.Equal(10, seen.Last(now => now.Stage == JobStage.Merge).ItemsDone);
    }

    [Fact]
    public async Task RunAsync_AggregatorThatAsksThePanelItself_GetsTheMembersAndNobodyIsAskedBefore()
    {
        await using JobRoom room = await JobRoom.StartAsync(aggregator: "mixture-of-thoughts");
        await using JobService jobs = room.Open();

        await RunAsync(jobs, JobRoom.Items(3, JobRoom.Panel));

        Assert.All(jobs.Answers(Job), answer => Assert.Equal("++", answer.Text));
        Assert.Empty(room.Loader.Events);
    }

    [Fact]
    public async Task RunAsync_AggregatorThatCannotMix_TheNextOfTheRankingAnswers()
    {
        await using JobRoom room = await JobRoom.StartAsync(aggregator: "mixture-of-thoughts");
        room.Place = room.Place with { Merger = (_, expert) => new PanelMerger(new FailingAggregator(ExpertFailure.TooLargeForBudget), expert) };
        await using JobService jobs = room.Open();

        await RunAsync(jobs, JobRoom.Items(3, JobRoom.Panel));

        Assert.All(jobs.Answers(Job), answer => Assert.Equal(("d", "d"), (answer.Text, answer.Expert)));
    }

    [Fact]
    public async Task RunAsync_SamplesAtATemperature_AsksThatOftenWithOtherSeeds()
    {
        var requests = new List<GenerationRequest>();
        await using JobRoom room = await JobRoom.StartAsync(loader: Recording(requests), temperature: 0.7f);
        await using JobService jobs = room.Open();
        JobItem item = JobRoom.Item("k", "a");

        await RunAsync(jobs, [item with { Samples = 3, Request = item.Request with { Sampling = new SamplingChanges { Seed = 7 } } }]);

        JobAnswer answer = Assert.Single(jobs.Answers(Job));
        Assert.Equal("a+a+a", answer.Text);
        Assert.Equal("vote", answer.Plan!.Aggregator);
        Assert.Equal([7u, 8u, 9u], requests.Select(request => request.Sampling!.Seed!.Value).Order());
    }

    [Fact]
    public async Task RunAsync_GreedySamples_AreAskedOnceAndCountAsOften()
    {
        var requests = new List<GenerationRequest>();
        await using JobRoom room = await JobRoom.StartAsync(loader: Recording(requests));
        await using JobService jobs = room.Open();

        await RunAsync(jobs, [JobRoom.Item("k", "a") with { Samples = 3 }]);

        Assert.Single(requests);
        JobAnswer answer = Assert.Single(jobs.Answers(Job));
        Assert.Equal("a+a+a", answer.Text);
        Assert.Equal(1, answer.Calls);
    }

    [Fact]
    public async Task RunAsync_ExpertThatCannotBeLoaded_IsStoodInForByTheNextOfTheRanking()
    {
        var loader = new FakeModelLoader { SizeOf = _ => JobRoom.Unit, Manual = true };
        await using JobRoom room = await JobRoom.StartAsync(loader: loader);
        await using JobService jobs = room.Open();
        loader.Fail("a", new IOException("the disk is broken"));
        loader.Complete("b");

        await RunAsync(jobs, [JobRoom.Item("k", "auto")]);

        JobAnswer answer = Assert.Single(jobs.Answers(Job));
        Assert.Equal("b", answer.Text);
        Assert.Null(answer.Failure);
        Assert.Contains("b stands in for a", answer.Plan!.Reasons[^1]);
        Assert.Equal(2, answer.Members.Count);
    }

    [Fact]
    public async Task RunAsync_NamedExpertThatFails_IsTheItemsFailureAndTheOthersGoOn()
    {
        var loader = new FakeModelLoader
        {
            SizeOf = _ => JobRoom.Unit,
            Generation = (expert, request, closed, cancelled) => request.Messages[0].Content == "question 1"
                ? FakeGenerations.Fail(LlamaCpp.GenerationFailure.PromptTooLong)(expert, request, closed, cancelled)
                : FakeGenerations.SayId(expert, request, closed, cancelled),
        };
        await using JobRoom room = await JobRoom.StartAsync(loader: loader);
        await using JobService jobs = room.Open();

        JobReport report = await RunAsync(jobs, JobRoom.Items(3, "a"));

        Assert.Equal((2, 1), (report.Done, report.Failed));
        JobAnswer failed = jobs.Answers(Job).ElementAt(1);
        Assert.Equal((ExpertFailure.PromptTooLong, "prompt_too_long"), (failed.Failure!.Kind, failed.Failure.Code));
        Assert.Equal("", failed.Text);
    }

    [Fact]
    public async Task RunAsync_UnknownModel_IsTheItemsFailure()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();

        JobReport report = await RunAsync(jobs, [JobRoom.Item("k", "nobody"), JobRoom.Item("l", "a")]);

        Assert.Equal((1, 1), (report.Done, report.Failed));
        Assert.Equal(ExpertFailure.Unknown, jobs.Answers(Job).First().Failure!.Kind);
    }

    [Fact]
    public async Task RunAsync_AfterBeingCancelled_AsksOnlyWhatIsOpen()
    {
        var asked = new List<GenerationRequest>();
        using var stop = new CancellationTokenSource();
        var loader = new FakeModelLoader
        {
            SizeOf = _ => JobRoom.Unit,
            Generation = (expert, request, closed, cancelled) =>
            {
                lock (asked)
                {
                    asked.Add(request);
                    if (asked.Count == 50) stop.Cancel();
                }
                return FakeGenerations.SayId(expert, request, closed, cancelled);
            },
        };
        await using JobRoom room = await JobRoom.StartAsync(loader: loader, window: 8);
        JobItem[] items = JobRoom.Items(200, "a", "b", "c");
        await using (JobService jobs = room.Open())
        {
            await jobs.SubmitAsync(Job, items);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => jobs.RunAsync(Job, null, stop.Token));
        }
        int before = asked.Count;

        await using JobService again = room.Open();
        int kept = again.Store.Calls.Of(Job, Enumerable.Range(0, 200)).SelectMany(calls => calls).Count(call => call.Answer is not null);
        Assert.False(await again.SubmitAsync(Job, items));
        JobReport report = await again.RunAsync(Job);

        Assert.InRange(kept, 30, 60);
        Assert.Equal(200 - kept, asked.Count - before);
        Assert.Equal(200, report.Done);
        Assert.Equal(items.Select(item => item.Key), again.Answers(Job).Select(answer => answer.Key));
    }

    [Fact]
    public async Task RunAsync_CompleteJob_AsksNothing()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await RunAsync(jobs, JobRoom.Items(5, "a"));

        JobReport report = await jobs.RunAsync(Job);

        Assert.Empty(report.Stages);
        Assert.Equal(5, report.Done);
        Assert.Equal(JobState.Completed, jobs.Store.Jobs.Find(Job)!.State);
    }

    [Fact]
    public async Task RunAsync_JobThatAnotherProcessRuns_IsRefused()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(1, "a"));
        using JobLock? held = JobLock.TryTake(room.Folder, Job);

        await Assert.ThrowsAsync<JobHeldException>(() => jobs.RunAsync(Job));
    }

    [Fact]
    public async Task SubmitAsync_SameIdWithOtherItems_IsRefused()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        Assert.True(await jobs.SubmitAsync(Job, JobRoom.Items(1, "a")));

        await Assert.ThrowsAsync<JobStoreException>(() => jobs.SubmitAsync(Job, JobRoom.Items(2, "a")));
    }

    [Fact]
    public async Task RunAsync_PolicyThatWantsSkills_TagsEachQuestionOnce()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        var tagged = new List<string>();
        room.Place = room.Place with
        {
            Tagging = new SkillTagging(policy => policy == "auto", (questions, _) =>
            {
                tagged.AddRange(questions);
                return Task.FromResult<IReadOnlyList<TaggedQuestion>>(
                    [.. questions.Select(_ => new TaggedQuestion("tagger", ["adding"], 5, new TokenUsage(2, 1)))]);
            }),
        };
        await using JobService jobs = room.Open();
        JobItem[] items = JobRoom.Items(6, "auto", "a");

        JobReport report = await RunAsync(jobs, [.. items, JobRoom.Item("own", "auto") with { Skills = ["mine"] }]);

        Assert.Equal(["question 0", "question 2", "question 4"], tagged);
        Assert.Equal((JobStage.Tag, 15), (report.Stages[0].Stage, report.Stages[0].Calls));
        Assert.Equal(new TokenUsage(6, 3), report.Stages[0].Usage);
        Assert.Equal(7, jobs.Answers(Job).Count());
    }

    [Fact]
    public async Task RunAsync_LoadThatFailsOnce_IsTriedAgainAndAnswersAll()
    {
        var loader = new FakeModelLoader { SizeOf = _ => JobRoom.Unit, Manual = true };
        await using JobRoom room = await JobRoom.StartAsync(loader: loader);
        await using JobService jobs = room.Open();
        loader.Fail("a", new IOException("the disk is busy"));
        loader.Complete("a");

        JobReport report = await RunAsync(jobs, JobRoom.Items(3, "a"));

        Assert.Equal((3, 0, 2), (report.Done, report.Failed, room.Loads("a")));
    }

    [Fact]
    public async Task DeleteAsync_JobThatRunsElsewhere_IsRefused()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(1, "a"));
        using (JobLock.TryTake(room.Folder, Job))
            await Assert.ThrowsAsync<JobHeldException>(() => jobs.DeleteAsync(Job));

        Assert.NotNull(jobs.Find(Job));
        await jobs.DeleteAsync(Job);
        Assert.Null(jobs.Find(Job));
    }

    [Fact]
    public async Task CancelAsync_JobThatNobodyRuns_IsCancelledAndGoesOnWhenSubmittedAgain()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(2, "a"));

        JobRecord? cancelled = await jobs.CancelAsync(Job);
        JobReport report = await RunAsync(jobs, JobRoom.Items(2, "a"));

        Assert.Equal(JobState.Cancelled, cancelled!.State);
        Assert.Equal((2, JobState.Completed), (report.Done, jobs.Find(Job)!.State));
    }

    [Fact]
    public async Task CancelAsync_JobThatRuns_EndsItsRun()
    {
        JobService? running = null;
        var loader = new FakeModelLoader
        {
            SizeOf = _ => JobRoom.Unit,
            Generation = (expert, request, closed, cancelled) =>
            {
                running!.CancelAsync(Job).GetAwaiter().GetResult();
                return FakeGenerations.SayId(expert, request, closed, cancelled);
            },
        };
        await using JobRoom room = await JobRoom.StartAsync(loader: loader);
        await using JobService jobs = running = room.Open();

        await Assert.ThrowsAsync<JobCancelledException>(() => RunAsync(jobs, JobRoom.Items(2, "a")));

        Assert.Equal(JobState.Cancelled, jobs.Find(Job)!.State);
    }

    static async Task<JobReport> RunAsync(JobService jobs, JobItem[] items, IProgress<JobProgress>? progress = null)
    {
        await jobs.SubmitAsync(Job, items);
        return await jobs.RunAsync(Job, progress);
    }

    static FakeModelLoader Recording(List<GenerationRequest> requests) => new()
    {
        SizeOf = _ => JobRoom.Unit,
        Generation = (expert, request, closed, cancelled) =>
        {
            lock (requests) requests.Add(request);
            return FakeGenerations.SayId(expert, request, closed, cancelled);
        },
    };

    sealed class Listed(List<JobProgress> seen) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => seen.Add(value);
    }
}
