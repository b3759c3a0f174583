using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>
/// One llama context: the KV cache of all sequences and the buffers of a decode. Used by one thread at a time. Checks
/// every argument that would make llama.cpp abort.
/// </summary>
sealed unsafe class DecodeContext : IDisposable
{
    readonly ContextHandle _context;
    readonly nint _memory;
    readonly int _vocabularySize;
    int _threads;

    DecodeContext(ContextHandle context, int vocabularySize, int contextLength, long bytes, int threads)
    {
        _context = context;
        _memory = LlamaApi.ContextMemory(context);
        _vocabularySize = vocabularySize;
        _threads = threads;
        ContextLength = contextLength;
        MaxSequences = (int)LlamaApi.ContextMaxSequences(context);
        BatchSize = (int)Math.Min(LlamaApi.ContextBatch(context), LlamaApi.ContextMicroBatch(context));
        Bytes = bytes;
    }

    public ContextHandle Handle => _context;

    /// <summary>Most tokens of one sequence: what was asked for, the trained length or the cache, whichever is least.</summary>
    public int ContextLength { get; }

    public int MaxSequences { get; }

    /// <summary>Most tokens of one decode; llama.cpp may have granted fewer than asked for.</summary>
    public int BatchSize { get; }

    /// <summary>KV, compute and output buffers as llama.cpp reported them.</summary>
    public long Bytes { get; }

    /// <exception cref="ModelLoadException">There is no memory for it, or llama.cpp refuses the model's shape.</exception>
    public static DecodeContext Create(LoadedModel model, BatchEngineOptions options)
    {
        var perSequence = options.ContextLength == 0 ? model.TrainedContext : Math.Min(options.ContextLength, model.TrainedContext);
        var total = (long)perSequence * options.MaxSequences;
        if (total > int.MaxValue)
        {
            throw new ModelLoadException(model.Path,
                $"{options.MaxSequences} sequences of {perSequence} tokens are more than a context holds ({int.MaxValue}): " +
                "lower the context length or the number of sequences.");
        }
        var parameters = LlamaApi.ContextDefaultParams();
        parameters.Context = (uint)total;
        parameters.MaxSequences = (uint)options.MaxSequences;
        parameters.Batch = parameters.MicroBatch = (uint)Math.Max(options.BatchSize, options.MaxSequences);
        // One output a sequence and step: keeps the logits buffer small for large vocabularies.
        parameters.MaxOutputs = (uint)options.MaxSequences;
        parameters.Threads = parameters.BatchThreads = options.Threads;
        // Each sequence has a cache of its own, so that its answer does not depend on its neighbours.
        parameters.UnifiedKv = 0;
        var listener = new LoadListener();
        var handle = NativeLog.Listen(listener.Hear, () => LlamaApi.ContextInit(model.Handle, parameters));
        if (handle.IsInvalid)
        {
            handle.Dispose();
            var reason = listener.Reason.Length > 0 ? listener.Reason : "llama.cpp gives no reason, most likely memory";
            throw new ModelLoadException(model.Path,
                $"No context of {options.MaxSequences} x {perSequence} tokens for '{model.Path}': {reason}.");
        }
        handle.Attach(model.Handle);
        var granted = Math.Min(perSequence, (int)Math.Min(LlamaApi.ContextPerSequence(handle), int.MaxValue));
        return new DecodeContext(handle, model.Vocabulary.Size, granted, listener.ContextBytes, options.Threads);
    }

    /// <summary>llama.cpp's return code: 0 is done, 1 no KV slot and nothing changed, other values are failures.</summary>
    public int Decode(TokenBatch batch, int threads)
    {
        if (batch.Count == 0 || batch.Count > BatchSize)
            throw new ArgumentOutOfRangeException(nameof(batch), batch.Count, $"A batch has 1 to {BatchSize} tokens.");
        if (threads != _threads)
        {
            LlamaApi.ContextSetThreads(_context, threads, threads);
            _threads = threads;
        }
        return LlamaApi.Decode(_context, batch.Native);
    }

    /// <summary>The logits of a token of the last batch; empty when it was not an output.</summary>
    public ReadOnlySpan<float> Logits(int batchIndex)
    {
        var logits = LlamaApi.Logits(_context, batchIndex);
        return logits is null ? [] : new ReadOnlySpan<float>(logits, _vocabularySize);
    }

    /// <summary>Empties the cache of a sequence.</summary>
    public void Remove(int sequence)
    {
        CheckSequence(sequence);
        _ = LlamaApi.MemoryRemove(_memory, sequence, -1, -1);
    }

    /// <summary>Moves a sequence with all of its cache to an empty id; the copy happens in the next decode.</summary>
    public void Move(int from, int to)
    {
        CheckSequence(from);
        CheckSequence(to);
        // Whole sequences only: copying a part between caches of their own aborts.
        LlamaApi.MemoryCopy(_memory, from, to, -1, -1);
        Remove(from);
    }

    public void Dispose() => _context.Dispose();

    void CheckSequence(int sequence)
    {
        if (sequence < 0 || sequence >= MaxSequences)
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"Sequence ids are 0 to {MaxSequences - 1}.");
    }
}
