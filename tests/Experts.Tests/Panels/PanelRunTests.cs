using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Panels;

public sealed class PanelRunTests : IDisposable
{
    static readonly ExpertCall Hello = new() { Request = new GenerationRequest { Messages = [new ChatTurn("user", "hello")] } };

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ask_ManyPanelsWithRoomForOneExpert_RunsExpertByExpert()
    {
        string[] ids = ["a", "b", "c"];
        var loader = new FakeModelLoader { SizeOf = _ => 3 << 20, Manual = true };
        await using var pool = await StartAsync(loader, 4 << 20, ids);
        var panels = Enumerable.Range(0, 8).Select(_ => PanelRun.AskAsync(ids, pool.Get, Hello)).ToArray();
        // Every request is queued before the first load ends, as it is when loads take their time.
        while (pool.Snapshot().Sum(s => s.WaitingRequests) < 24)
            await Task.Delay(1);
        foreach (var id in ids)
            loader.Complete(id);

        var answers = await Task.WhenAll(panels);
        Assert.All(answers, panel => Assert.Equal(ids, panel.Select(a => a.Text)));
        Assert.Equal(ids, loader.Events.Where(e => e.StartsWith("load ", StringComparison.Ordinal)).Select(e => e[5..]).Order());
    }

    [Fact]
    public async Task Ask_OneMemberFails_KeepsTheAnswersOfTheOthers()
    {
        var loader = new FakeModelLoader { SizeOf = _ => 1, Manual = true };
        await using var pool = await StartAsync(loader, 4 << 20, "a", "b");
        var asked = PanelRun.AskAsync(["a", "b"], pool.Get, Hello);
        loader.Complete("a");
        loader.Fail("b", new IOException("disk on fire"));

        var answers = await asked;
        Assert.Equal(("a", null), (answers[0].Text, answers[0].Failure));
        Assert.Equal(ExpertFailure.LoadFailed, answers[1].Failure!.Failure);
    }

    [Fact]
    public async Task Ask_MemberNoLongerConfigured_GoesOnWithTheOthersAndTellsOfIt()
    {
        await using var pool = await StartAsync(new FakeModelLoader { SizeOf = _ => 1 }, 4 << 20, "a", "b", "c");
        await pool.ReconfigureAsync(Config(4 << 20, "a", "c"));

        var answers = await PanelRun.AskAsync(["a", "b", "c"], pool.Get, Hello);

        Assert.Equal(["a", "", "c"], answers.Select(a => a.Text));
        Assert.Equal(("b", ExpertFailure.Unknown), (answers[1].Expert, answers[1].Failure!.Failure));
        Assert.All([answers[0], answers[2]], a => Assert.Null(a.Failure));
    }

    Task<ExpertPool> StartAsync(FakeModelLoader loader, long budget, params string[] ids) =>
        ExpertPool.StartAsync(Config(budget, ids), loader, new FakeTrial(), TimeProvider.System, NullLoggerFactory.Instance);

    OrchestratorConfig Config(long budget, params string[] ids) => new()
    {
        Path = "",
        Memory = new MemoryConfig { Budget = budget },
        Experts = [.. ids.Select(id => new ExpertConfig { Id = id, File = TinyGguf.Random().Save(_folder.Path, $"{id}.gguf"), MaxSequences = 16 })],
    };
}
