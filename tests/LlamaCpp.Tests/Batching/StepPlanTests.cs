using Orchestrator.LlamaCpp.Batching;

namespace Orchestrator.LlamaCpp.Tests.Batching;

public sealed class StepPlanTests
{
    [Theory]
    // Unread per sequence by age, batch size, prefill chunk while any writes, granted.
    [InlineData(new[] { 0, 0, 0 }, 8, 4, new[] { 1, 1, 1 })]
    [InlineData(new[] { 5 }, 8, 4, new[] { 5 })]
    [InlineData(new[] { 50 }, 8, 4, new[] { 8 })]
    [InlineData(new[] { 50, 0 }, 8, 4, new[] { 4, 1 })]
    [InlineData(new[] { 0, 3, 9 }, 16, 5, new[] { 1, 3, 2 })]
    [InlineData(new[] { 6, 6 }, 8, 4, new[] { 6, 2 })]
    [InlineData(new[] { 9, 9, 9 }, 8, 4, new[] { 8, 0, 0 })]
    [InlineData(new[] { 0, 0, 7 }, 3, 4, new[] { 1, 1, 1 })]
    [InlineData(new[] { 0, 0, 7 }, 2, 4, new[] { 1, 1, 0 })]
    public void Share_Sequences_WritersFirstThenPromptsByAge(int[] unread, int batchSize, int prefillChunk, int[] expected)
    {
        var granted = new int[unread.Length];

        StepPlan.Share(unread, new bool[unread.Length], new StepLimits(batchSize, unread.Length, prefillChunk), granted);

        Assert.Equal(expected, granted);
    }

    [Theory]
    // Unread by age, which are scored, most rows of logits, granted.
    [InlineData(new[] { 9, 9 }, new[] { true, false }, 5, new[] { 4, 9 })]
    [InlineData(new[] { 9, 9 }, new[] { true, true }, 5, new[] { 5, 0 })]
    [InlineData(new[] { 3, 9, 0 }, new[] { true, true, false }, 8, new[] { 3, 4, 1 })]
    [InlineData(new[] { 9, 0, 0 }, new[] { true, false, false }, 3, new[] { 1, 1, 1 })]
    public void Share_ScoredPrompts_TakeTheRowsThatOthersLeave(int[] unread, bool[] scored, int outputs, int[] expected)
    {
        var granted = new int[unread.Length];

        StepPlan.Share(unread, scored, new StepLimits(64, outputs, 64), granted);

        Assert.Equal(expected, granted);
    }
}
