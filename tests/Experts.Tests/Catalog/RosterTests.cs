using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Scheduling;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Experts.Tests.Catalog;

public sealed class RosterTests : IDisposable
{
    static readonly FileStamp First = new(100, DateTime.UnixEpoch);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Snapshot_Quarantined_IsComparedToItsOwnAccount()
    {
        var large = new ExpertConfig
        {
            Id = "cpu",
            MaxSequences = 1,
            File = TinyGguf.Random(embedding: 256, layers: 6).Save(_folder.Path, "refused.gguf"),
        };
        var config = new OrchestratorConfig
        {
            Path = "",
            Memory = new MemoryConfig { Budget = 4L << 20, RouterBudget = 1L << 30, GpuBudget = 1L << 30 },
            Experts = [large, large with { Id = "gpu", GpuLayers = -1 }, large with { Id = "router", ForRouter = true, GpuLayers = -1 }],
        };
        await using var pool = await ExpertPool.StartAsync(
            config, new FakeModelLoader(), new FakeTrial(("refused.gguf", "bad weights")), TimeProvider.System, NullLoggerFactory.Instance);

        Assert.All(pool.Snapshot(), s => Assert.Equal(Residency.Quarantined, s.Residency));
        Assert.Equal([false, true, true], pool.Snapshot().Select(s => s.FitsBudget));
    }

    [Fact]
    public void Of_OneFileWithTwoAdapters_SharesWeights()
    {
        var roster = Of(Roster.Empty, Entry("a", First), Entry("b", First));

        Assert.Same(WeightsOf(roster, "a"), WeightsOf(roster, "b"));
    }

    [Fact]
    public void Of_SameConfiguration_KeepsThePlace()
    {
        var before = Of(Roster.Empty, Entry("a", First));

        Assert.Same(before.ById["a"], Of(before, Entry("a", First)).ById["a"]);
    }

    [Fact]
    public void Of_NewExpertOnAFileThatIsThere_SharesItsWeights()
    {
        var before = Of(Roster.Empty, Entry("a", First));
        var after = Of(before, Entry("a", First), Entry("b", First));

        Assert.Same(WeightsOf(before, "a"), WeightsOf(after, "b"));
    }

    /// <summary>The old content is in memory until its last request ends, beside the new.</summary>
    [Fact]
    public void Of_FileReplaced_DoesNotShareWithItsOldContent()
    {
        var before = Of(Roster.Empty, Entry("a", First));
        var after = Of(before, Entry("a", First with { Bytes = 101 }));

        Assert.NotSame(WeightsOf(before, "a"), WeightsOf(after, "a"));
    }

    [Fact]
    public void Of_ExpertThatLeftAndComesBackWhileItDrains_SharesWithItsFormerSelf()
    {
        var before = Of(Roster.Empty, Entry("a", First), Entry("b", First with { Bytes = 7 }));
        var without = Of(before, Entry("b", First with { Bytes = 7 }));
        var again = Roster.Of([Entry("a", First)], without, before.ById["a"].Slots, new SchedulerConfig());

        Assert.Same(WeightsOf(before, "a"), WeightsOf(again, "a"));
    }

    static Roster Of(Roster before, params CatalogEntry[] entries) => Roster.Of(entries, before, [], new SchedulerConfig());

    static SharedWeights WeightsOf(Roster roster, string id) => roster.ById[id].Slots[0].Weights;

    /// <summary>An expert on the file that all have, unless its stamp differs.</summary>
    static CatalogEntry Entry(string id, FileStamp stamp) =>
        new(new ExpertConfig { Id = id, File = "/models/shared.gguf" }, null, new MemoryEstimate(70, 10), null)
        {
            Stamps = new FileStamps(stamp, null),
        };
}
