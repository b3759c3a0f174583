using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Tests.Running;

public sealed class GroupWorkerTests
{
    const string Job = "job-1";

    [Fact]
    public async Task AnswerAsync_MessageThatComesTwice_ChangesNothing()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(3, "a"));
        await jobs.RunAsync(Job);
        var worker = new GroupWorker(jobs.Store, () => room.Place, new PanelMerge(() => room.Place), TimeProvider.System);
        string before = string.Join(' ', jobs.Answers(Job));
        long served = room.Pool.Snapshot().Sum(expert => expert.Served);

        foreach (JobStage stage in (JobStage[])[JobStage.Ask, JobStage.Merge])
            await worker.AnswerAsync(new AnswerGroup
            {
                Id = Guid.NewGuid(),
                Job = Job,
                Stage = stage,
                Expert = "a",
                Calls = [new CallKey(0, 0), new CallKey(2, 0)],
            }, own: true, default);

        Assert.Equal(before, string.Join(' ', jobs.Answers(Job)));
        Assert.Equal(served, room.Pool.Snapshot().Sum(expert => expert.Served));
    }

    [Fact]
    public async Task AnswerAsync_ExpertThatOnlyThePlannerKnows_IsLeftToOthers()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(1, "a"));
        await jobs.Store.WriteAsync(db =>
        {
            ItemTable.Plan(db, Job, 0, new PlanFacts { Policy = "direct", Panel = ["stranger"], Weights = [1] });
            CallTable.Plan(db, Job, 0, "stranger", 0);
        });
        var worker = new GroupWorker(jobs.Store, () => room.Place, new PanelMerge(() => room.Place), TimeProvider.System);
        var group = new AnswerGroup { Id = Guid.NewGuid(), Job = Job, Stage = JobStage.Ask, Expert = "stranger", Calls = [new CallKey(0, 0)] };

        await Assert.ThrowsAsync<IOException>(() => worker.AnswerAsync(group, own: false, default));
        Assert.Single(jobs.Store.Calls.Open(Job, "stranger"));

        await worker.AnswerAsync(group, own: true, default);
        Assert.Empty(jobs.Store.Calls.Open(Job, "stranger"));
    }

    [Fact]
    public async Task AnswerAsync_SecondAnswerToACall_IsNotKept()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        await using JobService jobs = room.Open();
        await jobs.SubmitAsync(Job, JobRoom.Items(1, "a"));
        await jobs.RunAsync(Job);

        Assert.False(await jobs.Store.Calls.AnswerAsync(Job, 0, new MemberAnswer("a", 0, "other", null, null)));
        Assert.False(await jobs.Store.Items.EndAsync(Job, 0, new ItemEnd("other", "a", null, [], null, null)));

        Assert.Equal("a", Assert.Single(jobs.Answers(Job)).Text);
    }
}
