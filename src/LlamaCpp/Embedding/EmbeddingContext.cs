using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Embedding;

/// <summary>
/// One llama context that pools the embeddings of each sequence. Used by one thread at a time. Checks every argument that would
/// make llama.cpp abort.
/// </summary>
sealed unsafe class EmbeddingContext : IDisposable
{
    const int PoolingNone = 0;

    readonly ContextHandle _context;
    readonly LoraAdapter? _adapter;
    readonly nint _memory;
    readonly TokenBatch _batch;
    readonly Pulse _pulse;

    EmbeddingContext(ContextHandle context, LoraAdapter? adapter, Pulse pulse, int dimensions, int asked)
    {
        _context = context;
        _adapter = adapter;
        _pulse = pulse;
        _memory = LlamaApi.ContextMemory(context);
        Dimensions = dimensions;
        Pooling = (EmbeddingPooling)LlamaApi.ContextPooling(context);
        MaxSequences = (int)LlamaApi.ContextMaxSequences(context);
        // A text must fit one micro batch: what attends in both directions cannot be split.
        MaxTokens = (int)Math.Min(asked, Math.Min(LlamaApi.ContextBatch(context), LlamaApi.ContextMicroBatch(context)));
        _batch = new TokenBatch(MaxTokens);
    }

    public int Dimensions { get; }

    public EmbeddingPooling Pooling { get; }

    public int MaxSequences { get; }

    /// <summary>Of one text, and of a step.</summary>
    public int MaxTokens { get; }

    /// <summary>Compute and output buffers, and the KV cache of a causal model.</summary>
    public long Bytes { get; private set; }

    public long AdapterBytes => _adapter?.Bytes ?? 0;

    /// <summary>Grows with every step and, on the CPU, with every node of the graph within one.</summary>
    public long Progress => _pulse.Count;

    /// <exception cref="ModelLoadException">
    /// There is no memory for it, the file ranks instead of embedding, the adapter does not fit it, or llama.cpp refuses the
    /// model's shape.
    /// </exception>
    public static EmbeddingContext Create(LoadedModel model, EmbeddingEngineOptions options)
    {
        EmbeddingContext context = Create(model, options, options.Pooling);
        if ((int)context.Pooling == PoolingNone)
        {
            context.Dispose();
            context = Create(model, options, EmbeddingPooling.Mean);
        }
        if (Enum.IsDefined(context.Pooling))
            return context;
        int pooling = (int)context.Pooling;
        context.Dispose();
        throw new ModelLoadException(
            model.Path, $"'{model.Path}' cannot embed: its pooling is {pooling}, which gives scores instead of embeddings.");
    }

    static EmbeddingContext Create(LoadedModel model, EmbeddingEngineOptions options, EmbeddingPooling pooling)
    {
        // Others that load or drop an adapter of the same weights must not change llama.cpp's list meanwhile.
        lock (model.Adapters)
        {
            LoraAdapter? adapter = options.Adapter is { } file ? LoraAdapter.Load(model, file) : null;
            try
            {
                return Create(model, options, pooling, adapter);
            }
            catch (Exception)
            {
                adapter?.Dispose();
                throw;
            }
        }
    }

    static EmbeddingContext Create(LoadedModel model, EmbeddingEngineOptions options, EmbeddingPooling pooling, LoraAdapter? adapter)
    {
        int tokens = Math.Min(options.ContextLength, model.TrainedContext);
        var pulse = new Pulse();
        var listener = new LoadListener();
        ContextParams parameters = Parameters(options, tokens, pooling, pulse);
        ContextHandle handle = NativeLog.Listen(listener.Hear, () => LlamaApi.ContextInit(model.Handle, parameters));
        if (handle.IsInvalid)
        {
            handle.Dispose();
            var reason = listener.Reason.Length > 0 ? listener.Reason : "llama.cpp gives no reason, most likely memory";
            throw new ModelLoadException(model.Path, $"No embedding context of {tokens} tokens for '{model.Path}': {reason}.");
        }
        handle.Attach(adapter is null ? model.Handle : adapter.Handle);
        var context = new EmbeddingContext(handle, adapter, pulse, LlamaApi.ModelEmbeddingLength(model.Handle), tokens);
        if (adapter is not null)
            NativeLog.Listen(listener.Hear, () => context.Apply(adapter, options.AdapterScale), intended: _ => true);
        context.Bytes = model.IsPlan ? listener.PlannedBytes : listener.ContextBytes;
        return context;
    }

    static ContextParams Parameters(EmbeddingEngineOptions options, int tokens, EmbeddingPooling pooling, Pulse pulse)
    {
        ContextParams parameters = LlamaApi.ContextDefaultParams();
        int sequences = Math.Min(options.MaxSequences, tokens);
        // llama.cpp reserves its graph for a multiple of the sequences, but room for outputs as asked: pooling with less than a
        // multiple aborts.
        parameters.Context = parameters.Batch = parameters.MicroBatch = (uint)((tokens + sequences - 1) / sequences * sequences);
        parameters.MaxSequences = (uint)sequences;
        parameters.Threads = parameters.BatchThreads = options.Threads;
        parameters.Embeddings = 1;
        parameters.Pooling = (int)pooling;
        // The texts of a step share its room, however long each is.
        parameters.UnifiedKv = 1;
        parameters.AbortCallback = (nint)Pulse.Callback;
        parameters.AbortState = pulse.Address;
        return parameters;
    }

    /// <summary>
    /// Sets the adapter and makes llama.cpp reserve its larger graph now, while nobody changes the list of adapters: one
    /// token is computed, stopped after its first node.
    /// </summary>
    int Apply(LoraAdapter adapter, float scale)
    {
        nint handle = adapter.Handle.DangerousGetHandle();
        _ = LlamaApi.SetAdapters(_context, &handle, 1, &scale);
        _pulse.Stopped = true;
        int result = Compute([[0]], threads: 1);
        _pulse.Stopped = false;
        return result;
    }

    /// <summary>Ends the step that runs; false lets later ones run.</summary>
    public void Stop(bool stop) => _pulse.Stopped = stop;

    /// <summary>One step over texts that fit it together.</summary>
    /// <returns>llama.cpp's return code; embeddings can be read after 0.</returns>
    public int Compute(ReadOnlySpan<int[]> texts, int threads)
    {
        if (texts.Length == 0 || texts.Length > MaxSequences)
            throw new ArgumentOutOfRangeException(nameof(texts), texts.Length, $"A step has 1 to {MaxSequences} texts.");
        _batch.Clear();
        for (int text = 0; text < texts.Length; text++)
        {
            // Pooling needs every token's embedding.
            for (int position = 0; position < texts[text].Length; position++)
                _batch.Add(texts[text][position], position, text, output: true);
        }
        LlamaApi.ContextSetThreads(_context, threads, threads);
        _pulse.Beat();
        // Models without a memory, which attend in both directions, are encoded by the same call.
        int result = LlamaApi.Decode(_context, _batch.Native);
        for (int text = 0; text < texts.Length && _memory != 0; text++)
            _ = LlamaApi.MemoryRemove(_memory, text, -1, -1);
        return result;
    }

    /// <summary>Of a text of the last step; empty when llama.cpp has none.</summary>
    public ReadOnlySpan<float> Embedding(int text)
    {
        float* embedding = LlamaApi.SequenceEmbedding(_context, text);
        return embedding is null ? [] : new ReadOnlySpan<float>(embedding, Dimensions);
    }

    public void Dispose()
    {
        _context.Dispose();
        _adapter?.Dispose();
        _batch.Dispose();
    }
}
