using Orchestrator.LlamaCpp.Latents;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>
/// One llama context: the KV cache of all sequences and the buffers of a decode. Used by one thread at a time. Checks
/// every argument that would make llama.cpp abort.
/// </summary>
sealed unsafe class DecodeContext : IDisposable
{
    /// <summary>Bytes of logits that scored prompts may take in one step beyond a row for each sequence.</summary>
    const int ScoreRowBytes = 256 << 10;

    readonly ContextHandle _context;
    readonly LoraAdapter? _adapter;
    readonly LatentWatch? _latents;
    readonly nint _memory;
    readonly int _vocabularySize;
    int _threads;

    DecodeContext(ContextHandle context, LoraAdapter? adapter, Pulse pulse, LatentWatch? latents, int vocabularySize, int contextLength, int maxOutputs, int threads)
    {
        _context = context;
        _adapter = adapter;
        _latents = latents;
        Pulse = pulse;
        _memory = LlamaApi.ContextMemory(context);
        _vocabularySize = vocabularySize;
        _threads = threads;
        ContextLength = contextLength;
        MaxSequences = (int)LlamaApi.ContextMaxSequences(context);
        MaxOutputs = maxOutputs;
        BatchSize = (int)Math.Min(LlamaApi.ContextBatch(context), LlamaApi.ContextMicroBatch(context));
    }

    public ContextHandle Handle => _context;

    /// <summary>Most tokens of one sequence: what was asked for, the trained length or the cache, whichever is least.</summary>
    public int ContextLength { get; }

    public int MaxSequences { get; }

    /// <summary>Most tokens of one decode; llama.cpp may have granted fewer than asked for.</summary>
    public int BatchSize { get; }

    /// <summary>Most rows of logits of one decode, at least one a sequence.</summary>
    public int MaxOutputs { get; }

    /// <summary>KV, compute and output buffers as llama.cpp reported them, and what taps are shown.</summary>
    public long Bytes { get; private set; }

    public long AdapterBytes => _adapter?.Bytes ?? 0;

    public Pulse Pulse { get; }

    /// <summary>Whether sequences may have taps; they then share one cache.</summary>
    public bool HasTaps => _latents is not null;

    /// <exception cref="ModelLoadException">
    /// The adapter does not fit the model, there is no memory for it, or llama.cpp refuses the model's shape; or its sequences cannot
    /// share their cells, as taps need it.
    /// </exception>
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
        if (options is { LatentTap: true, MaxSequences: > 1 })
            SharedCells.Check(model, options.MaxSequences);
        // Others that load or drop an adapter of the same weights must not change llama.cpp's list meanwhile.
        lock (model.Adapters)
        {
            var adapter = options.Adapter is { } file ? LoraAdapter.Load(model, file) : null;
            try
            {
                return Create(model, options, adapter, perSequence);
            }
            catch (Exception)
            {
                adapter?.Dispose();
                throw;
            }
        }
    }

    static DecodeContext Create(LoadedModel model, BatchEngineOptions options, LoraAdapter? adapter, int perSequence)
    {
        var pulse = new Pulse();
        var latents = options.LatentTap ? new LatentWatch(model.Width, model.Blocks, pulse) : null;
        var parameters = Parameters(options, perSequence, model.Vocabulary.Size, pulse, latents);
        var listener = new LoadListener();
        var handle = NativeLog.Listen(
            listener.Hear, () => LlamaApi.ContextInit(model.Handle, parameters), latents is null ? null : SharedCells.IsIntended);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            latents?.Dispose();
            var reason = listener.Reason.Length > 0 ? listener.Reason : "llama.cpp gives no reason, most likely memory";
            throw new ModelLoadException(model.Path,
                $"No context of {options.MaxSequences} x {perSequence} tokens for '{model.Path}': {reason}.");
        }
        handle.Attach(adapter is null ? model.Handle : adapter.Handle);
        var granted = Math.Min(perSequence, (int)Math.Min(LlamaApi.ContextPerSequence(handle), int.MaxValue));
        var context = new DecodeContext(handle, adapter, pulse, latents, model.Vocabulary.Size, granted, (int)parameters.MaxOutputs, options.Threads);
        if (adapter is not null)
            NativeLog.Listen(listener.Hear, () => context.Apply(adapter, options.AdapterScale), intended: _ => true);
        context.Bytes = (model.IsPlan ? listener.PlannedBytes : listener.ContextBytes) + (latents?.MostBytes(context.BatchSize) ?? 0);
        return context;
    }

    static ContextParams Parameters(BatchEngineOptions options, int perSequence, int vocabularySize, Pulse pulse, LatentWatch? latents)
    {
        var parameters = LlamaApi.ContextDefaultParams();
        parameters.Context = (uint)(perSequence * options.MaxSequences);
        parameters.MaxSequences = (uint)options.MaxSequences;
        parameters.Batch = parameters.MicroBatch = (uint)Math.Max(options.BatchSize, options.MaxSequences);
        // One output a sequence and step, and more for scored prompts only where they are small: a large vocabulary's rows
        // are not paid for by all who never score.
        parameters.MaxOutputs = (uint)Math.Max(
            options.MaxSequences, Math.Min(parameters.Batch, ScoreRowBytes / (sizeof(float) * Math.Max(1, vocabularySize))));
        parameters.Threads = parameters.BatchThreads = options.Threads;
        // Each sequence has a cache of its own, so that its answer does not depend on its neighbours.
        parameters.UnifiedKv = 0;
        if (latents is not null)
        {
            if (options.MaxSequences > 1)
            {
                // Only a shared cache keeps the rows of several sequences in the batch's order. It costs a small model much: llama.cpp
                // clears a table of 256 x 256 sequences in every step.
                parameters.UnifiedKv = 1;
                // Flash attention sums its cells in another order once a neighbour leaves, in 16 bits.
                parameters.FlashAttention = ContextParams.NoFlashAttention;
            }
            parameters.EvalCallback = (nint)LatentWatch.Callback;
            parameters.EvalState = latents.Address;
        }
        if (options.FullPrecisionCache)
            parameters.KeyType = parameters.ValueType = ContextParams.Single;
        parameters.AbortCallback = (nint)Pulse.Callback;
        parameters.AbortState = pulse.Address;
        return parameters;
    }

    /// <summary>
    /// Sets the adapter and makes llama.cpp reserve its larger graph now. It would do so at the first decode, reading the
    /// list of adapters that another engine may be changing then; so one token is decoded here, stopped after its first node.
    /// </summary>
    int Apply(LoraAdapter adapter, float scale)
    {
        var handle = adapter.Handle.DangerousGetHandle();
        _ = LlamaApi.SetAdapters(_context, &handle, 1, &scale);
        using var batch = new TokenBatch(1);
        batch.Add(token: 0, position: 0, sequence: 0, output: true);
        Pulse.Stopped = true;
        var result = Decode(batch, threads: 1);
        Pulse.Stopped = false;
        Remove(0);
        return result;
    }

    /// <summary>llama.cpp's return code: 0 is done, 1 no KV slot and nothing changed, 2 stopped by the pulse, other values are failures.</summary>
    /// <param name="taps">Those that have tokens in the batch; none but in a context that has taps.</param>
    public int Decode(TokenBatch batch, int threads, IReadOnlyList<SequenceTap>? taps = null)
    {
        if (batch.Count == 0 || batch.Count > BatchSize)
            throw new ArgumentOutOfRangeException(nameof(batch), batch.Count, $"A batch has 1 to {BatchSize} tokens.");
        if (threads != _threads)
        {
            LlamaApi.ContextSetThreads(_context, threads, threads);
            _threads = threads;
        }
        Pulse.Beat();
        _latents?.Begin(taps ?? [], batch.Count, batch.Outputs);
        var result = LlamaApi.Decode(_context, batch.Native);
        _latents?.End(computed: result == 0);
        return result;
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

    /// <summary>Empties the cache of all sequences, and makes all that it ever held zero.</summary>
    public void Clear() => LlamaApi.MemoryClear(_memory, data: 1);

    /// <summary>Moves a sequence with all of its cache to an empty id; the copy happens in the next decode.</summary>
    public void Move(int from, int to)
    {
        CheckSequence(from);
        CheckSequence(to);
        // Whole sequences only: copying a part between caches of their own aborts.
        LlamaApi.MemoryCopy(_memory, from, to, -1, -1);
        Remove(from);
    }

    public void Dispose()
    {
        _context.Dispose();
        _latents?.Dispose();
        _adapter?.Dispose();
    }

    void CheckSequence(int sequence)
    {
        if (sequence < 0 || sequence >= MaxSequences)
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"Sequence ids are 0 to {MaxSequences - 1}.");
    }
}
