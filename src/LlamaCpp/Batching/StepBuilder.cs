using Orchestrator.LlamaCpp.Latents;
using Orchestrator.LlamaCpp.Models;

namespace Orchestrator.LlamaCpp.Batching;

/// <summary>Fills the native batch of one step and remembers in each sequence what it got.</summary>
sealed class StepBuilder(SlotTable slots, int batchSize, int outputs, int prefillChunk) : IDisposable
{
    readonly int[] _unread = new int[slots.Size];
    readonly bool[] _output = new bool[slots.Size];
    readonly int[] _granted = new int[slots.Size];
    readonly List<SequenceTap> _taps = [];

    public TokenBatch Batch { get; } = new(batchSize);

    /// <summary>Of the sequences that have tokens in this step.</summary>
    public IReadOnlyList<SequenceTap> Taps => _taps;

    public void Build()
    {
        var active = slots.ByAge;
        for (var i = 0; i < active.Count; i++)
            (_unread[i], _output[i]) = (active[i].Unread, active[i].OutputsPrompt);
        StepPlan.Share(
            _unread.AsSpan(0, active.Count), _output.AsSpan(0, active.Count), new StepLimits(batchSize, outputs, prefillChunk), _granted);
        for (var i = 0; i < active.Count; i++)
            active[i].Granted = _granted[i];
        Batch.Clear();
        _taps.Clear();
        // Ascending ids: llama.cpp puts only those into one graph.
        for (var slot = 0; slot < slots.Size; slot++)
        {
            if (slots.At(slot) is { } sequence)
                Append(sequence);
        }
    }

    public void Dispose() => Batch.Dispose();

    void Append(Sequence sequence)
    {
        sequence.OutputIndex = -1;
        sequence.FirstIndex = Batch.Count;
        if (sequence is { Tap: { } tap, Granted: > 0 })
        {
            tap.Begin(new TapRows(sequence.Position, Batch.Count, Batch.Outputs, sequence.Granted));
            _taps.Add(tap);
        }
        if (sequence.Unread == 0)
        {
            sequence.OutputIndex = Batch.Add(sequence.NextToken, sequence.Position, sequence.Slot, output: true);
            return;
        }
        for (var i = sequence.Position; i < sequence.Position + sequence.Granted; i++)
        {
            var last = i == sequence.Prompt.Length - 1;
            var index = Batch.Add(sequence.Prompt[i], i, sequence.Slot, output: last || sequence.OutputsPrompt);
            sequence.OutputIndex = last ? index : -1;
        }
    }
}
