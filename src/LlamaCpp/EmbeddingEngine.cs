using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using System.Text;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.LlamaCpp.Models;

namespace Orchestrator.LlamaCpp;

/// <summary>One loaded model that turns texts into unit vectors. Used from any thread; calls take turns, step by step.</summary>
public sealed class EmbeddingEngine : IAsyncDisposable
{
    readonly SharedWeights _weights;
    readonly EmbeddingContext _context;
    readonly ThreadBudget _budget;
    readonly int _threads;
    readonly bool _cutLongTexts;
    readonly SemaphoreSlim _turn = new(1);
    bool _disposed;

    EmbeddingEngine(SharedWeights weights, EmbeddingContext context, ThreadBudget budget, EmbeddingEngineOptions options)
    {
        (_weights, _context, _budget) = (weights, context, budget);
        (_threads, _cutLongTexts) = (options.Threads, options.CutLongTexts);
    }

    public int Dimensions => _context.Dimensions;

    /// <summary>Most tokens of a text, those that the model wants around it included.</summary>
    public int ContextLength => _context.MaxTokens;

    /// <summary>Never <see cref="EmbeddingPooling.Model"/>.</summary>
    public EmbeddingPooling Pooling => _context.Pooling;

    /// <summary>Weights, held once by all engines of the file, and its own context, as llama.cpp reports them.</summary>
    public long ResidentBytes => _weights.Model.WeightBytes + _context.Bytes;

    /// <exception cref="ModelLoadException">The file cannot be loaded; the message says why.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static Task<EmbeddingEngine> LoadAsync(
        LlamaRuntime runtime, string path, EmbeddingEngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return Task.Factory.StartNew(
            () => Load(runtime, path, options, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <returns>One unit vector a text, in their order; zero for a text without tokens.</returns>
    /// <exception cref="GenerationException">
    /// A text is longer than <see cref="ContextLength"/> and not to be cut, and then none is computed; or the engine is closed, or llama.cpp failed.
    /// </exception>
    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int[][] tokens = Tokenize(texts);
        var vectors = new float[texts.Count][];
        for (int from = 0; from < tokens.Length;)
        {
            int to = StepEnd(tokens, from);
            await _turn.WaitAsync(cancellationToken);
            try
            {
                int start = from;
                // The step computes on this thread pool's thread for as long as it takes, as a loop's own thread would.
                await Task.Run(() => Step(tokens, start, to, vectors, cancellationToken), cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
            from = to;
        }
        return vectors;
    }

    /// <summary>Waits for the step in progress; calls that have more to do then fail as closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_disposed)
                return;
            _disposed = true;
            _context.Dispose();
            _weights.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    static EmbeddingEngine Load(LlamaRuntime runtime, string path, EmbeddingEngineOptions options, CancellationToken cancellationToken)
    {
        SharedWeights weights = runtime.Weights.Acquire(path, options.GpuLayers, options.MemoryMap, progress: null, cancellationToken);
        try
        {
            return new EmbeddingEngine(weights, EmbeddingContext.Create(weights.Model, options), runtime.Threads, options);
        }
        catch (Exception)
        {
            weights.Dispose();
            throw;
        }
    }

    int[][] Tokenize(IReadOnlyList<string> texts)
    {
        // The vocabulary is part of the weights.
        using ModelUse use = _weights.Use() ?? throw Closed();
        return [.. texts.Select(Tokenize)];
    }

    int[] Tokenize(string text, int index)
    {
        Vocabulary vocabulary = _weights.Model.Vocabulary;
        // Millions of characters are refused or cut before they are tokenised.
        if (vocabulary.LongestPiece is { } longest && Encoding.UTF8.GetByteCount(text) / longest is var fewest && fewest > ContextLength)
            text = _cutLongTexts ? text[..Math.Min(text.Length, ContextLength * longest)] : throw TooLong(index, $"at least {fewest}");
        var tokens = new List<int>();
        vocabulary.Tokenize(text, tokens, frame: true);
        if (tokens.Count > ContextLength && !_cutLongTexts)
            throw TooLong(index, $"{tokens.Count}");
        return [.. tokens.Take(ContextLength)];
    }

    GenerationException TooLong(int index, string count) => new(GenerationFailure.PromptTooLong,
        $"This model embeds at most {ContextLength} tokens. However, text {index} has {count}.");

    static GenerationException Closed() => new(GenerationFailure.Closed, "The embedding model is unloaded.");

    /// <summary>As many texts as one step takes, at least one.</summary>
    int StepEnd(int[][] tokens, int from)
    {
        int to = from, sum = 0;
        while (to < tokens.Length && to - from < _context.MaxSequences && sum + tokens[to].Length <= ContextLength)
            sum += tokens[to++].Length;
        return to;
    }

    void Step(int[][] tokens, int from, int to, float[][] vectors, CancellationToken cancellationToken)
    {
        if (_disposed)
            throw Closed();
        int[] asked = [.. Enumerable.Range(from, to - from).Where(text => tokens[text].Length > 0)];
        for (int text = from; text < to; text++)
            vectors[text] = new float[Dimensions];
        if (asked.Length == 0)
            return;
        int result;
        using (ThreadBudget.Lease lease = _budget.Acquire(_threads))
        using (cancellationToken.UnsafeRegister(_ => _context.Stop(true), null))
            result = _context.Compute([.. asked.Select(text => tokens[text])], lease.Threads);
        _context.Stop(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (result != 0)
            throw new GenerationException(GenerationFailure.DecodeFailed, $"llama.cpp failed to embed, with code {result}.");
        for (int i = 0; i < asked.Length; i++)
            Read(i, vectors[asked[i]]);
    }

    void Read(int sequence, float[] vector)
    {
        ReadOnlySpan<float> embedding = _context.Embedding(sequence);
        float norm = TensorPrimitives.Norm(embedding);
        if (embedding.IsEmpty || !float.IsFinite(norm))
            throw new GenerationException(GenerationFailure.BadLogits, "The model's embeddings are not numbers; its weights or header are broken.");
        if (norm > 0)
            TensorPrimitives.Divide(embedding, norm, vector);
    }
}
