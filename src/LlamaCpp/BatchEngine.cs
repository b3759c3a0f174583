using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Answers;
using Orchestrator.LlamaCpp.Batching;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Latents;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Prompts;
using Orchestrator.LlamaCpp.Sampling;

namespace Orchestrator.LlamaCpp;

/// <summary>One loaded model and the loop that decodes all its requests together. Used from any thread.</summary>
public sealed class BatchEngine : IAsyncDisposable
{
    readonly SharedWeights _weights;
    readonly PromptTokenizer _tokenizer;
    readonly BatchLoop _loop;
    readonly SamplingOptions _defaultSampling;
    readonly bool _hasTaps;

    BatchEngine(SharedWeights weights, DecodeContext context, PromptTokenizer tokenizer, BatchLoop loop, SamplingOptions defaultSampling)
    {
        _weights = weights;
        _tokenizer = tokenizer;
        _loop = loop;
        _defaultSampling = defaultSampling;
        ContextLength = context.ContextLength;
        WeightBytes = weights.Model.WeightBytes;
        ContextBytes = context.Bytes;
        AdapterBytes = context.AdapterBytes;
        _hasTaps = context.HasTaps;
        Width = weights.Model.Width;
        Blocks = weights.Model.Blocks;
    }

    /// <summary>Everything it holds, as llama.cpp reports it: weights, context and adapter.</summary>
    public long ResidentBytes => WeightBytes + ContextBytes + AdapterBytes;

    /// <summary>Bytes of the weights, held once by all engines of the same file, GPU layers and memory mapping.</summary>
    public long WeightBytes { get; }

    /// <summary>Bytes of its own KV cache, compute and output buffers.</summary>
    public long ContextBytes { get; }

    /// <summary>Bytes of its adapter, as large as its file; 0 without one.</summary>
    public long AdapterBytes { get; }

    internal LoadedModel Model => _weights.Model;

    /// <summary>Most tokens of prompt and answer together.</summary>
    public int ContextLength { get; }

    /// <summary>Values of a row of the model's residual stream.</summary>
    public int Width { get; }

    /// <summary>Blocks that each token passes; a tap's depths are 0 to this.</summary>
    public int Blocks { get; }

    public BatchEngineSnapshot Snapshot => _loop.Snapshot;

    /// <summary>
    /// Proof of life: a counter that grows with every step and, on the CPU, with every node of the graph within a step. An
    /// engine that <see cref="IsStepping"/> without growth hangs.
    /// </summary>
    public long Progress => _loop.Progress;

    /// <summary>Whether requests run or wait. They may be waiting for the threads that another engine's step holds.</summary>
    public bool IsBusy => _loop.IsBusy;

    /// <summary>Whether a step is under way, on threads of its own.</summary>
    public bool IsStepping => _loop.IsStepping;

    /// <param name="progress">Share of the file read, 0 to 1; called on the loading thread.</param>
    /// <exception cref="ModelLoadException">The file or its adapter cannot be loaded; the message says why.</exception>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static Task<BatchEngine> LoadAsync(
        LlamaRuntime runtime, string path, BatchEngineOptions options, ILoggerFactory loggers,
        IProgress<float>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(loggers);
        Check(options);
        return Task.Factory.StartNew(
            () => Load(runtime, path, options, loggers, progress, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Tokens of the request's prompt, template included.</summary>
    /// <exception cref="GenerationException">The request is invalid, or so long that it cannot fit the context whatever its tokens.</exception>
    public int CountPromptTokens(GenerationRequest request) => Tokens(request).Length;

    /// <summary>
    /// Streams one answer. Nothing happens before enumeration starts; cancelling, or ending the enumeration, frees the
    /// sequence before the loop's next step.
    /// </summary>
    /// <exception cref="GenerationException">The request cannot be answered or was interrupted; the kind says why.</exception>
    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequestRules.Check(request);
        var output = Channel.CreateUnbounded<GenerationChunk>(new UnboundedChannelOptions { SingleReader = true });
        var sequence = Submit(request, output.Writer, cancellationToken);
        try
        {
            await using var registration = cancellationToken.UnsafeRegister(_ => _loop.Cancel(sequence), null);
            await foreach (var chunk in output.Reader.ReadAllAsync(cancellationToken))
            {
                // What was written before the cancellation is not shown after it.
                cancellationToken.ThrowIfCancellationRequested();
                yield return chunk;
            }
        }
        finally
        {
            _loop.Cancel(sequence);
        }
    }

    /// <summary>
    /// Gives up an engine that hangs, from any thread and without blocking: the requests that run or wait fail at once as
    /// <see cref="GenerationFailure.Stalled"/>, new ones are refused as closed, a decode that still polls is
    /// stopped, and other engines get its threads. Its memory is only freed by the loop's thread: dispose it too, and do not wait for that.
    /// </summary>
    /// <param name="reason">What was observed, as a sentence; the requests are told.</param>
    public void Abandon(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _loop.Abandon(reason);
    }

    /// <summary>
    /// Fails the requests that run or wait as closed and frees its memory; the weights when no other engine has them. On
    /// the CPU that is within one node of the graph, on a GPU after the step in progress.
    /// </summary>
    public async ValueTask DisposeAsync() => await _loop.CloseAsync();

    internal static void Check(BatchEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        Validator.ValidateObject(options.DefaultSampling, new ValidationContext(options.DefaultSampling), validateAllProperties: true);
    }

    static BatchEngine Load(
        LlamaRuntime runtime, string path, BatchEngineOptions options, ILoggerFactory loggers,
        IProgress<float>? progress, CancellationToken cancellationToken)
    {
        var weights = runtime.Weights.Acquire(path, options.GpuLayers, options.MemoryMap, progress, cancellationToken);
        DecodeContext? context = null;
        try
        {
            var model = weights.Model;
            var template = ChatTemplate.Create(path, model.ChatTemplate, options.ChatTemplate);
            context = DecodeContext.Create(model, options);
            cancellationToken.ThrowIfCancellationRequested();
            var logger = loggers.CreateLogger<BatchEngine>();
            var loop = new BatchLoop(weights, context, options, runtime.Threads, logger);
            var engine = new BatchEngine(weights, context, new PromptTokenizer(model.Vocabulary, template), loop, options.DefaultSampling);
            loop.Start();
            Log.Loaded(logger, path, context.MaxSequences, context.ContextLength, engine.ResidentBytes, model.WeightBytes);
            return engine;
        }
        catch (Exception)
        {
            context?.Dispose();
            weights.Dispose();
            throw;
        }
    }

    internal int[] Tokens(GenerationRequest request)
    {
        RequestRules.Check(request);
        return Tokenize(request);
    }

    int[] Tokenize(GenerationRequest request)
    {
        using var use = _weights.Use() ?? throw Unloaded();
        if (_tokenizer.FewestTokens(request.Messages) is var fewest && fewest > ContextLength)
            throw TooLong($"at least {fewest}");
        return [.. _tokenizer.Tokenize(request.Messages)];
    }

    static GenerationException Unloaded() => new(GenerationFailure.Closed, "The model is unloaded.");

    GenerationException TooLong(string count) => new(GenerationFailure.PromptTooLong,
        $"This model's maximum context length is {ContextLength} tokens. However, your messages resulted in {count} tokens.");

    TokenSampler CreateSampler(SamplingOptions sampling, int[] prompt, string? grammar)
    {
        // A grammar reads the vocabulary.
        using var use = _weights.Use() ?? throw Unloaded();
        return TokenSampler.Create(sampling, Model.Vocabulary, prompt, grammar);
    }

    Sequence Submit(GenerationRequest request, ChannelWriter<GenerationChunk> output, CancellationToken cancellationToken)
    {
        var sampling = request.Sampling?.ApplyTo(_defaultSampling) ?? _defaultSampling;
        RequestRules.Check(sampling);
        var tap = SequenceTap.For(request.Tap, Blocks, _hasTaps);
        var prompt = Tokenize(request);
        var room = ContextLength - prompt.Length;
        if (room < 1)
            throw TooLong($"{prompt.Length}");
        var sampler = CreateSampler(sampling, prompt, request.Grammar);
        var sequence = new Sequence(
            prompt, Math.Min(room, request.MaxTokens ?? room), sampler, new AnswerText(request.Stop), output, cancellationToken)
        {
            Scores = SequenceScores.For(request),
            Tap = tap,
        };
        try
        {
            _loop.Submit(sequence);
            return sequence;
        }
        catch (GenerationException)
        {
            sampler.Dispose();
            throw;
        }
    }
}
