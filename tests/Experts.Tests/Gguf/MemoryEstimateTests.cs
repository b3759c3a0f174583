using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit.Gguf;

namespace Orchestrator.Experts.Tests.Gguf;

public sealed class MemoryEstimateTests
{
    const int StepBytes = (4 + (4 * 32) + (2 * 64)) * 512 * 4;

    /// <summary>One layer, two KV heads of width 8, keys and values, two bytes each.</summary>
    const int KvBytesPerCell = 2 * 8 * 2 * 2;

    [Theory]
    [InlineData(0, 1, 512)]
    [InlineData(0, 8, 8 * 512)]
    [InlineData(100, 4, 4 * 256)]
    [InlineData(4096, 1, 512)]
    public void Bytes_ContextAndSequences_CountTheKvCells(int context, int sequences, int cells)
    {
        var bytes = GgufBytes.Valid().Build();
        Assert.Equal(bytes.Length + (cells * KvBytesPerCell) + StepBytes, Estimate(bytes, context, sequences));
    }

    [Fact]
    public void Bytes_KvHeadsPerLayer_AreSummed()
    {
        var bytes = GgufBytes.Valid().With("llama.block_count", 3u).With("llama.attention.head_count_kv", new[] { 4, 0, 2 }).Build();
        Assert.Equal(bytes.Length + (512 * 3 * KvBytesPerCell) + StepBytes, Estimate(bytes, 0, 1));
    }

    static long Estimate(byte[] bytes, int context, int sequences) => MemoryEstimate.Bytes(
        GgufReader.Read(new MemoryStream(bytes), bytes.Length),
        new ExpertConfig { Id = "x", File = "x", Context = context, MaxSequences = sequences });
}
