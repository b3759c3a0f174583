using Orchestrator.Experts.Local;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Experts.Tests.Local;

public sealed class LlamaModelLoaderTests
{
    [Fact]
    public void Options_ExpertLeavesOpen_AreTheEnginesDefaults()
    {
        var engine = new BatchEngineOptions();
        Assert.Equal(
            engine with { MaxSequences = 8 },
            LlamaModelLoader.Options(new() { Id = "a", File = "a" }));
    }

    [Fact]
    public void Options_ExpertSays_AreTaken() =>
        Assert.Equal(
            new BatchEngineOptions
            {
                ContextLength = 300,
                MaxSequences = 3,
                Threads = 2,
                GpuLayers = -1,
                ChatTemplate = "chatml",
                DefaultSampling = new() { Temperature = 0 },
            },
            LlamaModelLoader.Options(new()
            {
                Id = "a",
                File = "a",
                Context = 300,
                MaxSequences = 3,
                Threads = 2,
                GpuLayers = -1,
                ChatTemplate = "chatml",
                Sampling = new() { Temperature = 0 },
            }));
}
