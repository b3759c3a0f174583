using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class MemoryEstimateTests
{
    const int StepBytes = (260 + (4 * 32) + (2 * 64)) * 512 * 4;

    /// <summary>One KV head of width 16: keys and values, two bytes each.</summary>
    const int HeadBytesPerCell = 16 * 2 * 2;

    /// <summary>The attention mask, two bytes a token of the step.</summary>
    const int StepBytesPerCell = 512 * 2;

    [Theory]
    [InlineData(0, 1, 512)]
    [InlineData(0, 8, 512)]
    [InlineData(100, 4, 256)]
    [InlineData(4096, 1, 512)]
    public void Bytes_ContextAndSequences_CountTheKvCells(int context, int sequences, int cells)
    {
        var bytes = TinyGguf.Random(context: 512).ToBytes();
        Assert.Equal(bytes.Length - bytes.Header().DataStart + (cells * sequences * 4 * HeadBytesPerCell) + StepBytes + (cells * StepBytesPerCell), Estimate(bytes, context, sequences));
    }

    [Fact]
    public void Bytes_KvHeadsPerLayer_AreSummed()
    {
        var bytes = TinyGguf.Random().With("llama.block_count", 3u).With("llama.attention.head_count_kv", new[] { 4, 0, 2 }).ToBytes();
        Assert.Equal(bytes.Length - bytes.Header().DataStart + (256 * 6 * HeadBytesPerCell) + StepBytes + (256 * StepBytesPerCell), Estimate(bytes, 0, 1));
    }

    static long Estimate(byte[] bytes, int context, int sequences) => MemoryEstimate.Of(
        bytes.Header(),
        new ExpertConfig { Id = "x", File = "x", Context = context, MaxSequences = sequences }).Total;
}
