using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Overhead;

/// <summary>The engine alone, with the expert's file and the service's settings, beside the whole service in this process.</summary>
sealed class InProcessSides : IAsyncDisposable
{
    /// <summary>In a second in which nothing is asked.</summary>
    const long QuietBytes = 256 * 1024;

    readonly LlamaRuntime _runtime;
    readonly BatchEngine _engine;
    readonly ServiceProvider _services;
    readonly IChatClient _client;
    readonly string _question;
    readonly int _tokens;

    InProcessSides(LlamaRuntime runtime, BatchEngine engine, ServiceProvider services, string question, int tokens)
    {
        (_runtime, _engine, _services, _question, _tokens) = (runtime, engine, services, question, tokens);
        _client = services.GetRequiredService<IChatClient>();
    }

    public IReadOnlyList<Side> Whole => [new("engine alone", EngineAsync), new("AddOrchestrator", ClientAsync)];

    public IReadOnlyList<Side> Streamed => [new("engine alone", EngineAsync), new("AddOrchestrator", ClientStreamAsync)];

    public static async Task<InProcessSides> StartAsync(OrchestratorConfig config, string model, string question, int tokens)
    {
        ServiceProvider services = new ServiceCollection().AddOrchestrator(config.Path, model).BuildServiceProvider();
        // The service first: it decides how many threads the process has.
        await services.GetRequiredService<IChatClient>().GetResponseAsync(question);
        LlamaRuntime runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { LibraryDirectory = config.Engine.Library }, NullLoggerFactory.Instance);
        ExpertConfig expert = config.Experts.First(expert => expert.Id == model);
        var options = new BatchEngineOptions
        {
            ContextLength = expert.Context,
            MaxSequences = expert.MaxSequences,
            Adapter = expert.Adapter,
            DefaultSampling = expert.Sampling,
        };
        BatchEngine engine = await BatchEngine.LoadAsync(runtime, expert.File, options, NullLoggerFactory.Instance);
        await QuietAsync();
        return new InProcessSides(runtime, engine, services, question, tokens);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _services.DisposeAsync();
        _runtime.Dispose();
    }

    /// <summary>What start-up leaves to the background would be counted as the first side's.</summary>
    static async Task QuietAsync()
    {
        long before;
        do
        {
            before = GC.GetTotalAllocatedBytes();
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        while (GC.GetTotalAllocatedBytes() - before > QuietBytes);
    }

    async Task<string> EngineAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var request = new GenerationRequest { Messages = [new ChatTurn("user", _question)], MaxTokens = _tokens };
        await foreach (GenerationChunk chunk in _engine.GenerateAsync(request, cancellationToken))
            text.Append(chunk.Text);
        return text.ToString();
    }

    async Task<string> ClientAsync(CancellationToken cancellationToken) =>
        (await _client.GetResponseAsync(_question, new ChatOptions { MaxOutputTokens = _tokens }, cancellationToken)).Text;

    Task<string> ClientStreamAsync(CancellationToken cancellationToken) =>
        HttpSides.ReadAsync(_client, _question, new ChatOptions { MaxOutputTokens = _tokens }, cancellationToken);
}
