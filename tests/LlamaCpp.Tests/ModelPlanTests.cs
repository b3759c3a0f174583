using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>What is planned must be what a load then takes.</summary>
public sealed class ModelPlanTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Theory]
    [InlineData("abacus", 1)]
    [InlineData("abacus", 16)]
    [InlineData("generalist", 4)]
    public async Task Measure_ZooModel_EqualsARealLoad(string expert, int sequences) =>
        await CheckAsync(Path.Combine(Repository.Models, $"{expert}.gguf"), EngineFixture.Greedy with { MaxSequences = sequences });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Measure_TinyModel_EqualsARealLoad(bool memoryMap)
    {
        using var folder = new TemporaryFolder();
        var path = TinyGguf.Random(context: 4096, embedding: 64, layers: 4).Save(folder.Path);

        await CheckAsync(path, EngineFixture.Greedy with { MaxSequences = 3, ContextLength = 1000, BatchSize = 64, MemoryMap = memoryMap });
    }

    [Fact]
    public async Task Measure_Adapter_EqualsARealLoad()
    {
        using var folder = new TemporaryFolder();
        var path = TinyGguf.Saying("abc", context: 8192).Save(folder.Path);

        await CheckAsync(path, EngineFixture.Greedy with { Adapter = TinyGguf.AdapterSaying("xyz").Save(folder.Path, "adapter.gguf") });
    }

    [Fact]
    public void Measure_MoreThanTheMachineWouldLike_AllocatesNothing()
    {
        using var folder = new TemporaryFolder();
        var path = TinyGguf.Random(context: 65_536, embedding: 128, layers: 4).Save(folder.Path);
        var before = Environment.WorkingSet;

        var plan = ModelPlan.Measure(fixture.Runtime, path, EngineFixture.Greedy with { MaxSequences = 16 }, NullLoggerFactory.Instance);

        // 4 layers x (K and V) x 128 values x 2 bytes x 65,536 cells x 16 sequences.
        Assert.InRange(plan.ContextBytes, 4L * 2 * 128 * 2 * 65_536 * 16, long.MaxValue);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 1L << 30);
    }

    [Fact]
    public void Measure_NoModel_IsRefused() => Assert.Throws<ModelLoadException>(
        () => ModelPlan.Measure(fixture.Runtime, "/nowhere/model.gguf", EngineFixture.Greedy, NullLoggerFactory.Instance));

    async Task CheckAsync(string path, BatchEngineOptions options)
    {
        var plan = ModelPlan.Measure(fixture.Runtime, path, options, NullLoggerFactory.Instance);
        await using var engine = await fixture.LoadAsync(path, options);

        Assert.Equal((engine.WeightBytes, engine.AdapterBytes), (plan.WeightBytes, plan.AdapterBytes));
        Assert.InRange(plan.ContextBytes, engine.ContextBytes * 0.99, engine.ContextBytes * 1.01);
        Assert.Equal(plan.WeightBytes + plan.ContextBytes + plan.AdapterBytes, plan.TotalBytes);
    }
}
