using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Composition;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>The panel's first speaks: the experts of panel and ranking are tried in order until one does.</summary>
sealed class PrimaryAnswer(Service service, RoutePlan plan, ExpertCall call, Recruitment recruitment, ILogger logger)
{
    /// <summary>How many experts of the ranking are tried when loading one fails, so that a broken disk is not tried 100 times.</summary>
    const int MaxAttempts = 3;

    /// <summary>The whole panel is asked at once; the primary's answer is read first, the others are kept.</summary>
    public async Task<RoutedAnswer> BeginAsync(CancellationToken cancellationToken)
    {
        var others = new AskedPanel(plan.Panel, skip: 1, service.Pool.Get, call, cancellationToken).Begin();
        try
        {
            return await BeginAsync([.. Planner.Candidates(plan)], others, told: [], cancellationToken);
        }
        catch
        {
            await others.DisposeAsync();
            throw;
        }
    }

    /// <summary>Never switches after the first chunk.</summary>
    /// <param name="others">The rest of the panel: who stands in for the primary is heard, not asked a second time.</param>
    /// <param name="told">What was said for the request before.</param>
    public async Task<RoutedAnswer> BeginAsync(
        string[] candidates, AskedPanel others, IReadOnlyList<PanelAnswer> told, CancellationToken cancellationToken)
    {
        ExpertException? primaryFailure = null;
        for (var attempt = 0; ; attempt++)
        {
            var expert = candidates[attempt];
            // A primary that was drawn again is asked for itself too.
            var asked = attempt == 0 && expert == plan.Primary ? null : others.Of(expert);
            var trace = asked?.Trace ?? new CallTrace();
            recruitment.Ask(service, plan, [new Attempt(expert, trace)]);
            try
            {
                var chunks = asked?.ReadAsync(cancellationToken)
                    ?? service.Pool.Get(expert).GenerateAsync(call with { Trace = trace }, cancellationToken);
                var begun = await BegunChunks.BeginAsync(expert, chunks, cancellationToken);
                return Answer(expert, trace, begun, others, told, asked, primaryFailure);
            }
            catch (ExpertException failure)
                when (attempt + 1 < Math.Min(MaxAttempts, candidates.Length) && failure.Failure.AnotherMayHelp())
            {
                primaryFailure ??= failure;
                Log.NextExpert(logger, expert, candidates[attempt + 1], failure.Message);
            }
        }
    }

    RoutedAnswer Answer(
        string expert, CallTrace trace, BegunChunks begun, AskedPanel others, IReadOnlyList<PanelAnswer> told, PanelCall? asked,
        ExpertException? primaryFailure)
    {
        return new RoutedAnswer(plan, expert, begun.ReadAsync(), PanelAsync, new HeldTogether([begun, others]))
        {
            Waited = trace.Waited,
            Variant = trace.Variant,
        };

        async Task<IReadOnlyList<PanelAnswer>> PanelAsync()
        {
            PanelAnswer[] answers = [.. told, .. await others.AnswersAsync(asked)];
            return primaryFailure is null || others.IsEmpty
                ? answers
                : [new PanelAnswer(plan.Primary, "", null, null, primaryFailure), .. answers];
        }
    }
}
