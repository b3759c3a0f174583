using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Prompts;

namespace Orchestrator.LlamaCpp;

/// <summary>
/// Takes a file, and its adapter, through everything that a hostile one can break: all weights are read and checked, the
/// adapter is applied, a context is made, text is tokenised and one step is decoded. Such a file can end the process: call this in a child and judge its exit code.
/// </summary>
public static class ModelTrial
{
    /// <exception cref="ModelLoadException">The model cannot be loaded, does not compute numbers or has no chat template.</exception>
    public static void Run(LlamaRuntime runtime, string path, BatchEngineOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(loggers);
        BatchEngine.Check(options);
        var nobody = new LoadProgress(new LoadUser(Progress: null, CancellationToken.None));
        using var model = LoadedModel.Load(path, options.GpuLayers, options.MemoryMap, checkTensors: true, nobody);
        var template = ChatTemplate.Create(path, model.ChatTemplate, options.ChatTemplate);
        using var context = DecodeContext.Create(model, options with { MaxSequences = 1 });
        var prompt = new PromptTokenizer(model.Vocabulary, template).Tokenize([new("user", "Hello, world 1")]);
        using var batch = new TokenBatch(context.BatchSize);
        var count = Math.Min(prompt.Count, Math.Min(context.BatchSize, context.ContextLength));
        for (var i = 0; i < count; i++)
            batch.Add(prompt[i], i, sequence: 0, output: i == count - 1);
        using var lease = runtime.Threads.Acquire(options.Threads);
        var subject = options.Adapter is { } adapter ? $"'{path}' with the adapter '{adapter}'" : $"'{path}'";
        if (context.Decode(batch, lease.Threads) is not 0 and var result)
            throw new ModelLoadException(path, $"{subject} loads, but its first decode fails (code {result}).");
        var logits = context.Logits(count - 1);
        if (logits.IsEmpty || logits.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ModelLoadException(path, $"{subject} loads, but its logits are not numbers.");
    }

    /// <summary>The same for a file that is to embed: it needs no chat template, and its vectors are checked.</summary>
    /// <exception cref="ModelLoadException">The model cannot be loaded, does not embed, or its vectors are not numbers.</exception>
    public static void Run(LlamaRuntime runtime, string path, EmbeddingEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(path);
        EmbeddingEngine.Check(options);
        var nobody = new LoadProgress(new LoadUser(Progress: null, CancellationToken.None));
        using var model = LoadedModel.Load(path, options.GpuLayers, options.MemoryMap, checkTensors: true, nobody);
        using var context = EmbeddingContext.Create(model, options);
        var tokens = new List<int>();
        model.Vocabulary.Tokenize("Hello, world 1", tokens, frame: true);
        using var lease = runtime.Threads.Acquire(options.Threads);
        var subject = options.Adapter is { } adapter ? $"'{path}' with the adapter '{adapter}'" : $"'{path}'";
        if (context.Compute([[.. tokens.Take(context.MaxTokens)]], lease.Threads) is not 0 and var result)
            throw new ModelLoadException(path, $"{subject} loads, but embedding a first text fails (code {result}).");
        var vector = context.Embedding(0);
        if (vector.IsEmpty || vector.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ModelLoadException(path, $"{subject} loads, but its embeddings are not numbers.");
    }
}
