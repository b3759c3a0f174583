using Orchestrator.Aggregator.MixtureOfThoughts.Attention;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;

public sealed class StateRecorderTests
{
    readonly StateRecorder _recorder = new(width: 3, depths: [4, 0, 4]);

    [Fact]
    public void Depths_NamedTwiceAndUnordered_AreAscendingAndOnce() => Assert.Equal([0, 4], _recorder.Depths);

    [Fact]
    public void Rows_VisitedInPieces_AreInOrderAndUnchanged()
    {
        float[] rows = Mixtures.Rows(1, 200, 3);
        for (int token = 0; token < 200; token += 8)
            Assert.False(_recorder.Visit(4, token, rows.AsSpan(token * 3, 8 * 3)));

        Assert.Equal(rows, _recorder.Rows(4).ToArray());
        Assert.True(_recorder.Rows(0).IsEmpty);
        Assert.InRange(_recorder.Bytes, 200 * 3 * 4, 400 * 3 * 4);
    }

    [Fact]
    public void Rows_PositionDecodedAgain_AreTheLater()
    {
        _recorder.Visit(0, 0, [1, 1, 1, 2, 2, 2, 3, 3, 3]);
        _recorder.Visit(0, 1, [9, 9, 9]);

        Assert.Equal([1, 1, 1, 9, 9, 9, 3, 3, 3], _recorder.Rows(0).ToArray());
    }

    [Fact]
    public void Visit_PositionsSkipped_SaysWhich()
    {
        _recorder.Visit(0, 0, [1, 1, 1]);

        string message = Assert.Throws<ArgumentException>(() => _recorder.Visit(0, 5, [2, 2, 2])).Message;

        Assert.Contains("Position 5 at depth 0 follows 1 tokens", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Visit_HalfARow_IsRefused() => Assert.Throws<ArgumentException>(() => _recorder.Visit(0, 0, [1, 1]));

    [Fact]
    public void Visit_OtherDepth_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _recorder.Visit(1, 0, [1, 1, 1]));

    [Fact]
    public void Visit_NegativePosition_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _recorder.Visit(0, -1, [1, 1, 1]));
}
