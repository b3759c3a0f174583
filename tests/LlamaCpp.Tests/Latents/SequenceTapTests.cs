using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.LlamaCpp.Tests.Latents;

public sealed class SequenceTapTests
{
    [Theory]
    [InlineData(new[] { -1 }, "wants depth -1; this model has the depths 0 to 4")]
    [InlineData(new[] { 0, 5 }, "wants depth 5; this model has the depths 0 to 4")]
    [InlineData(new[] { 2, 1 }, "wants depth 1 after 2; depths must ascend, each once")]
    [InlineData(new[] { 3, 3 }, "wants depth 3 after 3")]
    public void For_DepthsOutOfRangeOrOrder_SaysWhatIsAllowed(int[] depths, string reason)
    {
        var failure = Assert.Throws<GenerationException>(() => SequenceTap.For(Tap(depths), blocks: 4, allowed: true));

        Assert.Equal(GenerationFailure.InvalidRequest, failure.Failure);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_ContextWithoutTaps_NamesTheOption()
    {
        var failure = Assert.Throws<GenerationException>(() => SequenceTap.For(Tap(0), blocks: 4, allowed: false));

        Assert.Equal(GenerationFailure.NotTapped, failure.Failure);
        Assert.Contains("BatchEngineOptions.LatentTap", failure.Message, StringComparison.Ordinal);
        Assert.Null(SequenceTap.For(null, blocks: 4, allowed: false));
    }

    [Theory]
    [InlineData(new[] { 0, 3 }, false)]
    [InlineData(new[] { 0, 4 }, true)]
    public void NeedsOutputs_Depths_OnlyWithTheLast(int[] depths, bool expected) =>
        Assert.Equal(expected, SequenceTap.For(Tap(depths), blocks: 4, allowed: true)!.NeedsOutputs);

    [Fact]
    public void Awaits_DepthsOfAStep_OnceInOrderAndAgainInTheNext()
    {
        var tap = SequenceTap.For(Tap(1, 3), blocks: 4, allowed: true)!;

        for (var step = 0; step < 2; step++)
        {
            tap.Begin(new TapRows(step, 0, 0, 1));
            Assert.Equal((true, false), (tap.Awaits(1), tap.Awaits(3)));
            tap.Visit(1, [0, 0]);
            Assert.Equal((false, true), (tap.Awaits(1), tap.Awaits(3)));
            tap.Visit(3, [0, 0]);
            tap.End();
            Assert.Null(tap.Failure);
        }
    }

    [Fact]
    public void End_DepthThatNeverCame_NamesItsNode()
    {
        var tap = SequenceTap.For(Tap(1, 3), blocks: 4, allowed: true)!;
        tap.Begin(new TapRows(0, 0, 0, 1));
        tap.Visit(1, [0, 0]);

        tap.End();

        Assert.Equal(GenerationFailure.TapFailed, tap.Failure!.Failure);
        Assert.Contains("no node 'l_out-2' for depth 3", tap.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_NodeOfAnotherShape_IsTheFirstReasonAndEndsItsVisits()
    {
        var tap = SequenceTap.For(Tap(1, 3), blocks: 4, allowed: true)!;
        tap.Begin(new TapRows(0, 0, 0, 1));

        tap.Fail("the node 'l_out-0' has another shape.");
        tap.End();

        Assert.Equal(GenerationFailure.TapFailed, tap.Failure!.Failure);
        Assert.Contains("cannot be used: the node 'l_out-0' has another shape.", tap.Failure.Message, StringComparison.Ordinal);
        Assert.False(tap.Awaits(1));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Visit_WritesWhatIsNotFinite_WritesNothingAndFails(float value)
    {
        var tap = SequenceTap.For(
            new RecordingTap(1) { Width = 2, Change = (_, _, rows) => (rows[1] = value) is var _ }, blocks: 4, allowed: true)!;
        tap.Begin(new TapRows(7, 0, 0, 1));

        Assert.False(tap.Visit(1, [0, 0]));

        Assert.Equal(GenerationFailure.BadLogits, tap.Failure!.Failure);
        Assert.Contains("not finite at depth 1, from position 7", tap.Failure.Message, StringComparison.Ordinal);
        Assert.False(tap.Awaits(1));
    }

    static RecordingTap Tap(params int[] depths) => new(depths) { Width = 2 };
}
