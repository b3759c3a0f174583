using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Jobs.Tests.Running;

public sealed class GroupStreamTests
{
    const string Job = "job-1";

    [Fact]
    public async Task RunAsync_MessageWhoseReportIsLost_IsFoundDoneOrSentAgain()
    {
        var time = new ManualTime();
        var came = System.Threading.Channels.Channel.CreateUnbounded<Guid>();
        await using JobBus bus = await JobBus.StartAsync(
            "test", null, 8,
            async (group, _) => { await came.Writer.WriteAsync(group.Id); return true; },
            NullLoggerFactory.Instance, TimeSpan.FromMinutes(1), default);
        using JobMail nobody = bus.Open("another job");
        AnswerGroup[] groups = [Group("a"), Group("b")];
        var answered = new List<string>();
        int looks = 0;
        var stream = new GroupStream(bus, nobody, 8, group => group.Expert == "a" || ++looks > 1, time);

        Task run = stream.RunAsync(groups, group => { answered.Add(group.Expert); return Task.CompletedTask; }, default);
        Guid[] first = [await came.Reader.ReadAsync(), await came.Reader.ReadAsync()];
        await time.NextTimerAsync();
        time.Advance(GroupStream.Patience);
        Guid again = await came.Reader.ReadAsync();
        await time.NextTimerAsync();
        time.Advance(GroupStream.Patience);
        await run;

        Assert.Equal(groups.Select(group => group.Id).Order(), first.Order());
        Assert.Equal(groups[1].Id, again);
        Assert.Equal(["a", "b"], answered);
    }

    static AnswerGroup Group(string expert) =>
        new() { Id = Guid.NewGuid(), Job = Job, Stage = JobStage.Ask, Expert = expert, Calls = [new CallKey(0, 0)] };
}
