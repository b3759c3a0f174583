using Orchestrator.Experts;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Monitoring;
using Orchestrator.Host.OpenAi;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>The life of a request between parsing and writing; docs/architecture.md numbers the same stages.</summary>
sealed class RequestPipeline(ServiceState state, RequestMetrics metrics, TimeProvider time, ILogger<RequestPipeline> logger)
{
    /// <summary>How many experts of the ranking are tried when loading one fails, so that a broken disk is not tried 100 times.</summary>
    const int MaxAttempts = 3;

    public RoutePlan Plan(ChatRequest request) => Planner.Plan(state.Ready(), request);

    /// <param name="recruitment">Tells meanwhile what the request waits for.</param>
    public async Task<RoutedAnswer> AnswerAsync(
        ChatRequest request, string requestId, Recruitment recruitment, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var service = state.Ready();
        var plan = Planner.Plan(service, request);
        var answer = await RecruitAsync(service, plan, request, recruitment, cancellationToken);
        metrics.FirstToken(plan.Policy, time.GetElapsedTime(began));
        Log.Routed(logger, requestId, plan.Policy, answer.Expert, answer.Confidence, plan.Reasons[0]);
        return answer;
    }

    /// <summary>The whole panel is asked at once; the primary's answer is read first, the others are kept.</summary>
    async Task<RoutedAnswer> RecruitAsync(
        Service service, RoutePlan plan, ChatRequest request, Recruitment recruitment, CancellationToken cancellationToken)
    {
        if (plan.Panel.Count == 1)
            return await BeginAsync(service, plan, request, recruitment, others: null, cancellationToken);
        var others = new PanelRest(plan.Panel.Skip(1), service.Pool.Get, Call(request), cancellationToken).Begin();
        try
        {
            return (await BeginAsync(service, plan, request, recruitment, others, cancellationToken)).With(others);
        }
        catch
        {
            await others.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tries the ranking in order until one expert speaks. Never switches after the first chunk.</summary>
    /// <param name="others">The rest of the panel: who stands in for the primary is heard, not asked a second time.</param>
    async Task<RoutedAnswer> BeginAsync(
        Service service, RoutePlan plan, ChatRequest request, Recruitment recruitment, PanelRest? others,
        CancellationToken cancellationToken)
    {
        var candidates = Planner.Candidates(plan).Take(MaxAttempts).ToArray();
        ExpertException? primaryFailure = null;
        for (var attempt = 0; ; attempt++)
        {
            var expert = candidates[attempt];
            var asked = others?.Of(expert);
            var call = Call(request);
            var trace = asked?.Trace ?? call.Trace;
            recruitment.Ask(service, plan, expert, trace);
            try
            {
                var chunks = asked?.ReadAsync(cancellationToken) ?? service.Pool.Get(expert).GenerateAsync(call, cancellationToken);
                var begun = await FirstAsync(expert, chunks, cancellationToken);
                return new RoutedAnswer(plan, expert, trace, begun) { PrimaryFailure = primaryFailure };
            }
            catch (ExpertException failure) when (attempt + 1 < candidates.Length && Planner.AnotherMayHelp(failure.Failure))
            {
                primaryFailure ??= failure;
                Log.NextExpert(logger, expert, candidates[attempt + 1], failure.Message);
            }
        }
    }

    static ExpertCall Call(ChatRequest request) =>
        new() { Request = request.Generation, Class = request.Class, AllowVariant = request.AllowVariant };

    /// <summary>Returns with the first chunk.</summary>
    static async Task<IAsyncEnumerator<GenerationChunk>> FirstAsync(
        string expert, IAsyncEnumerable<GenerationChunk> answer, CancellationToken cancellationToken)
    {
        var chunks = answer.GetAsyncEnumerator(cancellationToken);
        try
        {
            if (await chunks.MoveNextAsync()) return chunks;
            throw new ExpertException(ExpertFailure.Failed, expert, $"The expert '{expert}' ended without an answer.");
        }
        catch
        {
            await chunks.DisposeAsync();
            throw;
        }
    }
}
