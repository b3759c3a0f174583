using System.Runtime.CompilerServices;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Tests.Native;

public sealed class LibraryVersionTests
{
    [Theory]
    [InlineData("0.5.0")]
    [InlineData("0.5.0-dev")]
    public void Mismatch_ExpectedVersion_IsNone(string version) => Assert.Null(LibraryVersion.Mismatch(version, "/llama"));

    [Theory]
    [InlineData("0.5.1", "are llama.cpp 0.5.1, this program needs 0.5.0")]
    [InlineData("0.50.0-dev", "are llama.cpp 0.50.0-dev, this program needs 0.5.0")]
    [InlineData(null, "unknown, probably older version, this program needs 0.5.0")]
    public void Mismatch_OtherVersion_NamesBothAndTheFolder(string? version, string expected)
    {
        var reason = LibraryVersion.Mismatch(version, "/llama");

        Assert.Contains(expected, reason, StringComparison.Ordinal);
        Assert.Contains("'/llama'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatch_DefaultsMoved_NamesTheField()
    {
        using var fixture = new EngineFixture();
        var model = LlamaApi.ModelDefaultParams();
        var context = LlamaApi.ContextDefaultParams();
        Assert.Null(LibraryVersion.Mismatch(model, context));

        context.FlashAttention = 1;

        Assert.Contains("context.flash_attn_type is 1 instead of -1", LibraryVersion.Mismatch(model, context), StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatch_QuantizeDefaultsMoved_NamesTheField()
    {
        using var fixture = new EngineFixture();
        var quantize = LlamaApi.QuantizeDefaultParams();
        Assert.Null(LibraryVersion.Mismatch(quantize));

        quantize.MaxBufferBytes = 0;

        Assert.Contains("quantize.max_buf_size is 0 instead of", LibraryVersion.Mismatch(quantize), StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void Mismatch_TensorMoved_NamesTheField()
    {
        using var fixture = new EngineFixture();
        var overhead = GgmlApi.TensorOverhead();
        var probe = GraphTensor.Probe();
        Assert.Null(LibraryVersion.Mismatch(probe, overhead));

        Assert.Contains("tensor.size is 376 instead of 368", LibraryVersion.Mismatch(probe, overhead + 8), StringComparison.Ordinal);
        probe.NameBytes[0] = 0;
        Assert.Contains("tensor.name is 1 instead of 0", LibraryVersion.Mismatch(probe, overhead), StringComparison.Ordinal);
    }

    [Fact]
    public void Structs_Sizes_AreThoseOfTheHeader()
    {
        Assert.Equal(
            (80, 160, 56, 16, 1, 64, 16, 336, 24),
            (Unsafe.SizeOf<ModelParams>(), Unsafe.SizeOf<ContextParams>(), Unsafe.SizeOf<Batch>(), Unsafe.SizeOf<ChatMessage>(),
                Unsafe.SizeOf<SamplerChainParams>(), Unsafe.SizeOf<QuantizeParams>(), Unsafe.SizeOf<GgufOpenParams>(),
                Unsafe.SizeOf<GraphTensor>(), Unsafe.SizeOf<GraphParams>()));
    }
}
