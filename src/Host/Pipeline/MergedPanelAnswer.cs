using Orchestrator.Aggregator;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Composition;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>
/// The whole panel is heard, then an aggregator makes one answer of what it said. One that asks the panel itself is left to.
/// </summary>
sealed class MergedPanelAnswer(
    Service service, RoutePlan plan, ExpertCall call, Recruitment recruitment, PrimaryAnswer primary, ILogger logger)
{
    public async Task<RoutedAnswer> BeginAsync(CancellationToken cancellationToken)
    {
        var heard = AggregatorRegistry.Hears(plan.Aggregator);
        var panel = new AskedPanel(heard ? plan.Panel : [], skip: 0, service.Pool.Get, call, cancellationToken).Begin();
        try
        {
            if (!heard) return await ThinkAsync(panel, cancellationToken);
            recruitment.Ask(service, plan, panel.Attempts);
            var answers = await panel.AnswersAsync();
            return answers.Any(answer => answer.Failure is null)
                ? await MergeAsync(panel, answers, cancellationToken)
                : await WithoutPanelAsync(panel, answers, cancellationToken);
        }
        catch
        {
            await panel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the members' thoughts cannot be merged, the ranking is asked in words.</summary>
    async Task<RoutedAnswer> ThinkAsync(AskedPanel nobody, CancellationToken cancellationToken)
    {
        PanelAnswer[] members = [.. plan.Panel.Select(PanelAnswer.NotAsked)];
        recruitment.Ask(service, plan, []);
        try
        {
            return await MergeAsync(nobody, members, cancellationToken);
        }
        catch (ExpertException failure) when (failure.Failure.AnotherMayHelp())
        {
            // Drafts count, and who asks why another one answers sees who was to speak.
            PanelAnswer[] told = failure.Heard.Count == 0 ? [] : [members[0] with { Failure = failure }, .. failure.Heard];
            return await WithoutPanelAsync(nobody, [.. members.Select(member => member with { Failure = failure })], cancellationToken, told);
        }
    }

    async Task<RoutedAnswer> MergeAsync(AskedPanel panel, IReadOnlyList<PanelAnswer> answers, CancellationToken cancellationToken)
    {
        var aggregator = service.AggregatorOf(plan);
        recruitment.Merge(aggregator.Name);
        var input = new PanelAnswers(call.Request, [.. answers.Select(answer => new WeighedAnswer(answer, plan.WeightOf(answer.Expert)))])
        {
            Class = call.Class,
            AllowVariant = call.AllowVariant,
        };
        var merged = await aggregator.MergeAsync(input, cancellationToken);
        if (merged.Heard.Count > 0) answers = merged.Heard;
        Log.Merged(logger, aggregator.Name, answers.Count, merged.Expert, merged.Reasons.Count > 0 ? merged.Reasons[0] : "");
        return new RoutedAnswer(
            plan, merged.Expert, merged.Chunks, () => Task.FromResult(answers), new HeldTogether([merged, panel]))
        {
            Waited = panel.Attempts.Select(attempt => attempt.Trace.Waited).DefaultIfEmpty().Max() + merged.Waited,
            Variant = merged.Variant,
            Merging = new Merging(aggregator.Name, merged.Reasons),
        };
    }

    /// <summary>Nobody of the panel could answer, so the rest of the ranking is tried, if that can help.</summary>
    /// <param name="told">What was said before, beside the panel's own answers.</param>
    Task<RoutedAnswer> WithoutPanelAsync(
        AskedPanel panel, IReadOnlyList<PanelAnswer> answers, CancellationToken cancellationToken, params IReadOnlyList<PanelAnswer> told)
    {
        var first = answers[0].Failure!;
        string[] rest = [.. Planner.Candidates(plan).Except(plan.Panel)];
        if (rest.Length == 0 || !answers.All(answer => answer.Failure!.Failure.AnotherMayHelp()))
            throw first;
        Log.NextExpert(logger, first.Expert, rest[0], first.Message);
        return primary.BeginAsync(rest, panel, told, cancellationToken);
    }
}
