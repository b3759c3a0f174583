using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>The tokens of one decode, in native arrays that live as long as the loop.</summary>
sealed unsafe class TokenBatch : IDisposable
{
    readonly int _capacity;
    Batch _batch;
    bool _disposed;

    public TokenBatch(int capacity)
    {
        _capacity = capacity;
        _batch = LlamaApi.BatchInit(capacity, embedding: 0, sequencesPerToken: 1);
        _batch.Count = 0;
    }

    public int Count => _batch.Count;

    /// <summary>Tokens whose logits are computed.</summary>
    public int Outputs { get; private set; }

    public Batch Native => _batch;

    public void Clear() => _batch.Count = Outputs = 0;

    /// <summary>The index to ask for the token's logits.</summary>
    public int Add(int token, int position, int sequence, bool output)
    {
        var index = _batch.Count;
        if (index >= _capacity)
            throw new InvalidOperationException($"The batch is full: it holds {_capacity} tokens.");
        _batch.Token[index] = token;
        _batch.Position[index] = position;
        _batch.SequenceCount[index] = 1;
        _batch.SequenceId[index][0] = sequence;
        _batch.Output[index] = output ? (sbyte)1 : (sbyte)0;
        _batch.Count = index + 1;
        Outputs += output ? 1 : 0;
        return index;
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        LlamaApi.BatchFree(_batch);
    }
}
