using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

/// <summary>The runtime with one thread, for all tests of a class; ggml's threads spin and the machine is shared.</summary>
public sealed class EngineFixture : IDisposable
{
    public LlamaRuntime Runtime { get; } = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);

    public static BatchEngineOptions Greedy { get; } = new() { MaxSequences = 4, DefaultSampling = SamplingOptions.Greedy };

    public Task<BatchEngine> LoadAsync(string path, BatchEngineOptions? options = null) =>
        BatchEngine.LoadAsync(Runtime, path, options ?? Greedy, NullLoggerFactory.Instance);

    /// <summary>The file may go once the model is loaded.</summary>
    public async Task<BatchEngine> LoadAsync(TinyGguf gguf, BatchEngineOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        return await LoadAsync(gguf.Save(folder.Path), options);
    }

    /// <summary>Takes the only thread: from here until it is disposed no loop decodes.</summary>
    internal ThreadBudget.Lease PauseLoops() => Runtime.Threads.Acquire(1);

    public void Dispose() => Runtime.Dispose();
}

static class Chat
{
    public static GenerationRequest Ask(string text, int? maxTokens = null) =>
        new() { Messages = [new("user", text)], MaxTokens = maxTokens };

    /// <summary>For what the loop does at its next step.</summary>
    public static async Task UntilAsync(this BatchEngine engine, Predicate<BatchEngineSnapshot> condition)
    {
        while (!condition(engine.Snapshot))
            await Task.Delay(1);
    }

    public static async Task<Answer> AnswerAsync(
        this BatchEngine engine, GenerationRequest request, CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        GenerationChunk last = default;
        var chunks = 0;
        await foreach (var chunk in engine.GenerateAsync(request, cancellationToken))
        {
            Assert.Null(last.Finish);
            text.Append(chunk.Text);
            last = chunk;
            chunks++;
        }
        return new Answer(text.ToString(), last.Finish!.Value, last.Usage!, chunks);
    }
}

sealed record Answer(string Text, FinishReason Finish, TokenUsage Usage, int Chunks);
