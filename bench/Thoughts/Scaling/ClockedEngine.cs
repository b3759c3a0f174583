using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Scheduling;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>An engine whose decoding thread is known, to ask for its processor time: others may use the machine meanwhile.</summary>
sealed class ClockedEngine : IAsyncDisposable
{
    readonly BatchEngine _engine;
    readonly int _thread;

    ClockedEngine(BatchEngine engine, int thread) => (_engine, _thread) = (engine, thread);

    public long ContextBytes => _engine.ContextBytes;

    public static async Task<ClockedEngine> LoadAsync(
        LlamaRuntime runtime, string file, BatchEngineOptions options, CancellationToken cancellationToken)
    {
        const string Loop = "batch loop";
        IReadOnlyList<int> before = ThreadClock.Threads(Loop);
        BatchEngine engine = await BatchEngine.LoadAsync(
            runtime, file, options, NullLoggerFactory.Instance, cancellationToken: cancellationToken);
        int[] started = [.. ThreadClock.Threads(Loop).Except(before)];
        if (started.Length == 1)
            return new ClockedEngine(engine, started[0]);
        await engine.DisposeAsync();
        throw new PlatformNotSupportedException($"{started.Length} threads decode for the engine; one is needed, and Linux, to tell its time.");
    }

    /// <summary>Microseconds that its thread computes for these requests, which it gets together.</summary>
    public async Task<double> TimeAsync(IEnumerable<GenerationRequest> requests, CancellationToken cancellationToken)
    {
        double start = ThreadClock.Microseconds(_thread);
        await Task.WhenAll(requests.Select(AnswerAsync));
        return ThreadClock.Microseconds(_thread) - start;

        async Task AnswerAsync(GenerationRequest request)
        {
            int written = 0;
            await foreach (GenerationChunk chunk in _engine.GenerateAsync(request, cancellationToken))
                written = chunk.Usage?.CompletionTokens ?? written;
            if (written != request.MaxTokens)
                throw new InvalidOperationException($"An answer has {written} tokens; a generated model writes all {request.MaxTokens}.");
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
