using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.LlamaCpp.Models;

namespace Orchestrator.LlamaCpp;

/// <summary>One loaded model that turns texts into unit vectors. Used from any thread; calls take turns, step by step.</summary>
public sealed class EmbeddingEngine : IAsyncDisposable
{
    readonly SharedWeights _weights;
    readonly EmbeddingContext _context;
    readonly TextTokenizer _tokenizer;
    readonly ThreadBudget _budget;
    readonly int _threads;
    readonly SemaphoreSlim _turn = new(1);

    /// <summary>Cancelled when nobody believes any more that a step will end.</summary>
    readonly CancellationTokenSource _abandoned = new();
    volatile string? _stalled;
    volatile bool _closing;
    volatile ThreadBudget.Lease? _lease;
    bool _disposed;
    long _tokens;

    EmbeddingEngine(SharedWeights weights, EmbeddingContext context, ThreadBudget budget, int threads)
    {
        (_weights, _context, _budget, _threads) = (weights, context, budget, threads);
        _tokenizer = new TextTokenizer(weights, context.MaxTokens);
    }

    public int Dimensions => _context.Dimensions;

    /// <summary>Most tokens of a text, those that the model wants around it included.</summary>
    public int ContextLength => _context.MaxTokens;

    /// <summary>Never <see cref="EmbeddingPooling.Model"/>.</summary>
    public EmbeddingPooling Pooling => _context.Pooling;

    /// <summary>Weights, its own context and its adapter, as llama.cpp reports them.</summary>
    public long ResidentBytes => WeightBytes + _context.Bytes + _context.AdapterBytes;

    /// <summary>Bytes of the weights, held once by all engines of the same file, GPU layers and memory mapping.</summary>
    public long WeightBytes => _weights.Model.WeightBytes;

    internal LoadedModel Model => _weights.Model;

    /// <summary>Proof of life: grows with every step and, on the CPU, with every node of the graph within one.</summary>
    public long Progress => _context.Progress;

    /// <summary>Whether a step is under way, on threads of its own.</summary>
    public bool IsStepping => _lease is not null;

    /// <summary>Tokens embedded since the load.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <exception cref="ModelLoadException">The file or its adapter cannot be loaded; the message says why.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <param name="progress">Share of the file read, 0 to 1; called on the loading thread.</param>
    public static Task<EmbeddingEngine> LoadAsync(
        LlamaRuntime runtime, string path, EmbeddingEngineOptions options, IProgress<float>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(path);
        Check(options);
        return Task.Factory.StartNew(
            () => Load(runtime, path, options, progress, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <param name="cutLongTexts">Embeds the beginning of a text that is too long, instead of refusing it.</param>
    /// <exception cref="GenerationException">
    /// A text is longer than <see cref="ContextLength"/> and not to be cut, and then none is computed; or the engine is
    /// closed, or llama.cpp failed.
    /// </exception>
    public async Task<TextEmbeddings> EmbedAsync(
        IReadOnlyList<string> texts, bool cutLongTexts = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int[][] tokens = _tokenizer.Tokenize(texts, cutLongTexts);
        var vectors = new float[texts.Count][];
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abandoned.Token);
        try
        {
            for (int from = 0; from < tokens.Length;)
            {
                int to = StepEnd(tokens, from);
                await _turn.WaitAsync(either.Token);
                // A cancelled step is waited for, which its pulse ends; an abandoned one would never end.
                await RunStepAsync(tokens, from, to, vectors, cancellationToken).WaitAsync(_abandoned.Token);
                from = to;
            }
        }
        catch (OperationCanceledException) when (_stalled is { } reason && !cancellationToken.IsCancellationRequested)
        {
            throw new GenerationException(GenerationFailure.Stalled, $"The embedding model was given up: {reason}.");
        }
        return new TextEmbeddings(vectors, [.. tokens.Select(text => text.Length)]);
    }

    /// <summary>
    /// Gives up an engine that hangs, without blocking: calls fail at once as <see cref="GenerationFailure.Stalled"/> and
    /// others get its threads. Dispose it too, and do not wait for that.
    /// </summary>
    /// <param name="reason">What was observed, as a sentence; the callers are told.</param>
    public void Abandon(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _stalled ??= reason;
        _closing = true;
        _context.Stop(true);
        _lease?.Dispose();
        _abandoned.Cancel();
    }

    /// <summary>Ends the step in progress, on the CPU within one node of its graph; its call and those that wait fail as closed.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _context.Stop(true);
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

    internal static void Check(EmbeddingEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
    }

    static EmbeddingEngine Load(
        LlamaRuntime runtime, string path, EmbeddingEngineOptions options, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        SharedWeights weights = runtime.Weights.Acquire(path, options.GpuLayers, options.MemoryMap, progress, cancellationToken);
        try
        {
            return new EmbeddingEngine(weights, EmbeddingContext.Create(weights.Model, options), runtime.Threads, options.Threads);
        }
        catch (Exception)
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>As many texts as one step takes, at least one.</summary>
    int StepEnd(int[][] tokens, int from)
    {
        int to = from, sum = 0;
        while (to < tokens.Length && to - from < _context.MaxSequences && sum + tokens[to].Length <= ContextLength)
            sum += tokens[to++].Length;
        return to;
    }

    /// <summary>The step computes on this thread pool's thread for as long as it takes, and then gives the turn on.</summary>
    Task RunStepAsync(int[][] tokens, int from, int to, float[][] vectors, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                Step(tokens, from, to, vectors, cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
        },
        CancellationToken.None);

    void Step(int[][] tokens, int from, int to, float[][] vectors, CancellationToken cancellationToken)
    {
        if (_closing)
            throw TextTokenizer.Closed();
        cancellationToken.ThrowIfCancellationRequested();
        int[] asked = [.. Enumerable.Range(from, to - from).Where(text => tokens[text].Length > 0)];
        for (int text = from; text < to; text++)
            vectors[text] = new float[Dimensions];
        if (asked.Length == 0)
            return;
        int result;
        using (ThreadBudget.Lease lease = _budget.Acquire(_threads))
        using (cancellationToken.UnsafeRegister(_ => _context.Stop(true), null))
        {
            _lease = lease;
            result = _context.Compute([.. asked.Select(text => tokens[text])], lease.Threads);
            _lease = null;
        }
        if (_closing)
            throw TextTokenizer.Closed();
        _context.Stop(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (result != 0)
            throw new GenerationException(GenerationFailure.DecodeFailed, $"llama.cpp failed to embed, with code {result}.");
        for (int i = 0; i < asked.Length; i++)
            Read(i, vectors[asked[i]]);
        Interlocked.Add(ref _tokens, asked.Sum(text => tokens[text].Length));
    }

    void Read(int sequence, float[] vector)
    {
        ReadOnlySpan<float> embedding = _context.Embedding(sequence);
        float norm = TensorPrimitives.Norm(embedding);
        if (embedding.IsEmpty || !float.IsFinite(norm))
        {
            throw new GenerationException(
                GenerationFailure.BadLogits, "The model's embeddings are not numbers; its weights or header are broken.");
        }
        if (norm > 0)
            TensorPrimitives.Divide(embedding, norm, vector);
    }
}
