using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Local;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Monitoring;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;
using Orchestrator.Jobs.Grading;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Loading.Choice;

/// <summary>The service's own pipeline on a fresh pool, without HTTP.</summary>
sealed class ChoiceService : IAsyncDisposable
{
    readonly ScenarioContext _context;
    readonly ExpertPool _pool;
    readonly CountingLoader _loader;
    readonly RequestPipeline _pipeline;

    ChoiceService(ScenarioContext context, OrchestratorConfig config, ServiceState state, ExpertPool pool, CountingLoader loader)
    {
        (_context, _pool, _loader) = (context, pool, loader);
        _pipeline = new RequestPipeline(state, new OpenedCollections(config, context.Time), new RequestMetrics(), context.Time, NullLogger<RequestPipeline>.Instance);
    }

    public int Loads => _loader.Loads;

    public static async Task<ChoiceService> StartAsync(
        ScenarioContext context, OrchestratorConfig config, PolicyRouter router, TimeSpan loadDelay,
        CancellationToken cancellationToken)
    {
        var llama = new LlamaModelLoader(context.Runtime, NullLoggerFactory.Instance);
        var loader = new CountingLoader(new DelayingLoader(llama, loadDelay, context.Time));
        ExpertPool pool = await ExpertPool.StartAsync(
            config, loader, new TrustedFiles(), context.Time, NullLoggerFactory.Instance, cancellationToken: cancellationToken);
        var state = new ServiceState();
        await state.SetAsync(
            ServiceBuilder.Assemble(config, pool, new Learned(router, Merger: null), context.Time.GetUtcNow()), cancellationToken);
        return new ChoiceService(context, config, state, pool, loader);
    }

    /// <param name="model">A policy, or an expert's id.</param>
    public async Task<ChoiceAnswer> AskAsync(string model, ChoiceQuestion question, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_context.Options.Timeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var recruitment = new Recruitment();
        string failure;
        try
        {
            return await ReadAsync(model, question, recruitment, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            failure = $"no answer within {_context.Options.Timeout.TotalSeconds:0} s";
        }
        catch (ExpertException e)
        {
            failure = e.Message;
        }
        return new ChoiceAnswer(default, default, Score: 0, recruitment.Plan?.Primary == question.Best, failure);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    async Task<ChoiceAnswer> ReadAsync(
        string model, ChoiceQuestion question, Recruitment recruitment, CancellationToken cancellationToken)
    {
        long start = _context.Time.GetTimestamp();
        await using RoutedAnswer answer = await _pipeline.AnswerAsync(
            Request(model, question.Asked.Question), question.Asked.Id, recruitment, cancellationToken);
        TimeSpan first = _context.Time.GetElapsedTime(start);
        var text = new StringBuilder();
        await foreach (GenerationChunk chunk in answer.ReadAsync())
            text.Append(chunk.Text);
        return new ChoiceAnswer(
            first, _context.Time.GetElapsedTime(start),
            Graders.Score(question.Asked.Grader, text.ToString(), question.Asked.Reference),
            answer.Plan.Primary == question.Best, null);
    }

    /// <summary>With the service's own limit of tokens, which is none.</summary>
    static ChatRequest Request(string model, string question) => new()
    {
        Model = model,
        Generation = new GenerationRequest { Messages = [new ChatTurn("user", question)] },
    };
}
