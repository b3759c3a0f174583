using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Local;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Loading.Answering;

/// <summary>The pool of this project, in this process.</summary>
sealed class PoolAnswerer : IAnswerer
{
    readonly ExpertPool _pool;
    readonly CountingLoader _loader;
    readonly RequestClass _class;
    readonly TimeProvider _time;

    PoolAnswerer(ExpertPool pool, RequestClass requestClass, CountingLoader loader, TimeProvider time)
    {
        _pool = pool;
        _class = requestClass;
        _loader = loader;
        _time = time;
    }

    public string Name => "this pool";

    public int Loads => _loader.Loads;

    public long ProcessBytes => ProcessMemory.ResidentBytes(Environment.ProcessId);

    public double ProcessorSeconds => ProcessorTime.Seconds(Environment.ProcessId);

    /// <param name="requestClass">Of all that it is asked.</param>
    public static async Task<PoolAnswerer> StartAsync(
        OrchestratorConfig config, RequestClass requestClass, LlamaRuntime runtime, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var loader = new CountingLoader(new LlamaModelLoader(runtime, NullLoggerFactory.Instance));
        ExpertPool pool = await ExpertPool.StartAsync(
            config, loader, new TrustedFiles(), time, NullLoggerFactory.Instance, cancellationToken: cancellationToken);
        return new PoolAnswerer(pool, requestClass, loader, time);
    }

    public static GenerationRequest Request(string prompt, int tokens) => new()
    {
        Messages = [new ChatTurn("user", prompt)],
        MaxTokens = tokens,
        Sampling = new SamplingChanges { Temperature = 0 },
    };

    public IExpert Get(string expert) => _pool.Get(expert);

    public async Task<Answer> AskAsync(string expert, string prompt, int tokens, CancellationToken cancellationToken)
    {
        var call = new ExpertCall { Request = Request(prompt, tokens), Class = _class };
        Answer answer = await ReadAsync(Get(expert).GenerateAsync(call, cancellationToken), _time);
        return answer with { Variant = call.Trace.Variant };
    }

    public static async Task<Answer> ReadAsync(IAsyncEnumerable<GenerationChunk> chunks, TimeProvider time)
    {
        var clock = new AnswerClock(time);
        await foreach (GenerationChunk chunk in chunks)
        {
            clock.Hear(chunk.Text);
            if (chunk.Usage is { } usage)
                clock.Count(usage.PromptTokens, usage.CompletionTokens);
        }
        return clock.Stop();
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
