using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.TestKit;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;

public sealed class StateRecorderTests
{
    const int Width = 24;

    static readonly MixtureLayers Layers =
        new TinyMixture { Experts = [new("arith", 16, 3), new("price", Width, 4, Read: [4, 0]), new("roman", 12, 4)] }.Layers();

    readonly StateRecorder _recorder = PeerMemory.Recorder(Layers, "price");

    [Fact]
    public void Depths_ReadUnordered_AreAscendingAndOnce()
    {
        Assert.Equal([0, 4], _recorder.Depths);
        Assert.Equal([2], PeerMemory.Recorder(new TinyMixture().Layers(), "price").Depths);
    }

    [Fact]
    public void Keys_VisitedInPieces_AreAsOfTheWhole()
    {
        float[] rows = Mixtures.Rows(1, 200, Width);
        foreach (int depth in _recorder.Depths)
        {
            for (int token = 0; token < 200; token += 8)
                Assert.False(_recorder.Visit(depth, token, rows.AsSpan(token * Width, 8 * Width)));
        }

        AssertSame(Layers.Memory("price", rows), PeerMemory.Of(_recorder));
    }

    [Fact]
    public void Keys_PositionDecodedAgain_AreOfTheLater()
    {
        float[] first = Mixtures.Rows(1, 3, Width), again = Mixtures.Rows(2, 1, Width);
        foreach (int depth in _recorder.Depths)
        {
            _recorder.Visit(depth, 0, [.. first]);
            _recorder.Visit(depth, 1, [.. again]);
        }

        AssertSame(Layers.Memory("price", [.. first[..Width], .. again, .. first[(2 * Width)..]]), PeerMemory.Of(_recorder));
    }

    [Fact]
    public void Visit_Rows_AreNotChanged()
    {
        float[] rows = Mixtures.Rows(1, 2, Width);

        _recorder.Visit(4, 0, rows);

        Assert.Equal(Mixtures.Rows(1, 2, Width), rows);
    }

    /// <summary>States are wider than what is kept of them by far.</summary>
    [Fact]
    public void Bytes_WideStates_AreThoseOfKeysAndValuesAlone()
    {
        const int Wide = 4096, Tokens = 640;
        MixtureLayers layers = new TinyMixture { Experts = [new("arith", 16, 3), new("price", Wide, 2), new("roman", 12, 4)] }.Layers();
        StateRecorder recorder = PeerMemory.Recorder(layers, "price");

        for (int token = 0; token < Tokens; token += 64)
            recorder.Visit(2, token, new float[64 * Wide]);

        long buffers = 2 * (Wide + 8) * sizeof(float);
        Assert.Equal(PeerMemory.BytesOf(layers, Tokens) + buffers, recorder.Bytes);
        Assert.InRange(PeerMemory.MostBytes(layers, "price", Tokens), recorder.Bytes, recorder.Bytes + (PeerMemory.BytesOf(layers, Tokens) / 2));
        PeerMemory.Of(recorder);
        Assert.Equal(buffers, recorder.Bytes);
    }

    [Fact]
    public void Visit_PositionsSkipped_SaysWhich()
    {
        _recorder.Visit(0, 0, new float[Width]);

        string message = Assert.Throws<ArgumentException>(() => _recorder.Visit(0, 5, new float[Width])).Message;

        Assert.Contains("Position 5 at depth 0 follows 1 tokens", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Visit_HalfARow_IsRefused() => Assert.Throws<ArgumentException>(() => _recorder.Visit(0, 0, new float[Width / 2]));

    [Fact]
    public void Visit_OtherDepth_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _recorder.Visit(1, 0, new float[Width]));

    [Fact]
    public void Visit_NegativePosition_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _recorder.Visit(0, -1, new float[Width]));

    static void AssertSame(PeerMemory expected, PeerMemory made)
    {
        Assert.Equal(expected.Interactions.Select(keys => keys.Keys), made.Interactions.Select(keys => keys.Keys));
        Assert.Equal(expected.Interactions.Select(keys => keys.Values), made.Interactions.Select(keys => keys.Values));
    }
}
