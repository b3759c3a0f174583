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
    readonly nint _memory;
    readonly TokenBatch _batch;
    readonly Pulse _pulse;

    EmbeddingContext(ContextHandle context, Pulse pulse, int dimensions, int asked)
    {
        _context = context;
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

    public long Bytes { get; private set; }

    /// <exception cref="ModelLoadException">There is no memory for it, the file ranks instead of embedding, or llama.cpp refuses the model's shape.</exception>
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
        throw new ModelLoadException(model.Path, $"'{model.Path}' cannot embed: its pooling is {pooling}, which gives scores instead of embeddings.");
    }

    static EmbeddingContext Create(LoadedModel model, EmbeddingEngineOptions options, EmbeddingPooling pooling)
    {
        int tokens = Math.Min(options.ContextLength, model.TrainedContext);
        var pulse = new Pulse();
        var parameters = LlamaApi.ContextDefaultParams();
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
        var listener = new LoadListener();
        ContextHandle handle;
        // An engine that loads an adapter of the same weights must not change llama.cpp's list meanwhile.
        lock (model.Adapters)
            handle = NativeLog.Listen(listener.Hear, () => LlamaApi.ContextInit(model.Handle, parameters));
        if (handle.IsInvalid)
        {
            handle.Dispose();
            var reason = listener.Reason.Length > 0 ? listener.Reason : "llama.cpp gives no reason, most likely memory";
            throw new ModelLoadException(model.Path, $"No embedding context of {tokens} tokens for '{model.Path}': {reason}.");
        }
        handle.Attach(model.Handle);
        return new EmbeddingContext(handle, pulse, LlamaApi.ModelEmbeddingLength(model.Handle), tokens) { Bytes = listener.ContextBytes };
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
        int result = LlamaApi.Decode(_context, _batch.Native);
        // Models that attend in both directions have no memory.
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
        _batch.Dispose();
    }
}
