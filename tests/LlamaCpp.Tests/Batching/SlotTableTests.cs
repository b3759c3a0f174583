using System.Threading.Channels;
using Orchestrator.LlamaCpp.Answers;
using Orchestrator.LlamaCpp.Batching;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp.Tests.Batching;

public sealed class SlotTableTests
{
    [Fact]
    public void TryAdd_FreeIds_GivesTheLowest()
    {
        var (table, sequences) = Filled(3, 3);

        table.Remove(sequences[1]);
        var next = NewSequence();

        Assert.True(table.TryAdd(next));
        Assert.Equal(1, next.Slot);
        Assert.False(table.TryAdd(NewSequence()));
        Assert.Equal([sequences[0], sequences[2], next], table.ByAge);
    }

    [Fact]
    public void CloseGap_SeveralGaps_MovesTheTopmostDownUntilDense()
    {
        var (table, sequences) = Filled(8, 6);
        table.Remove(sequences[0]);
        table.Remove(sequences[3]);

        Assert.Equal((5, 0), table.CloseGap());
        Assert.Equal((4, 3), table.CloseGap());
        Assert.Null(table.CloseGap());

        Assert.Equal([1, 2, 3, 0], table.ByAge.Select(sequence => sequence.Slot));
        Assert.Same(sequences[5], table.At(0));
        Assert.Null(table.At(4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void CloseGap_EmptyOrFull_HasNothingToDo(int count)
    {
        Assert.Null(Filled(4, count).Table.CloseGap());
    }

    static (SlotTable Table, Sequence[] Sequences) Filled(int size, int count)
    {
        var table = new SlotTable(size);
        var sequences = Enumerable.Range(0, count).Select(_ => NewSequence()).ToArray();
        Assert.All(sequences, sequence => Assert.True(table.TryAdd(sequence)));
        return (table, sequences);
    }

    static Sequence NewSequence() => new(
        [1], 1, sampler: null!, new AnswerText([]), Channel.CreateUnbounded<GenerationChunk>().Writer, CancellationToken.None);
}
