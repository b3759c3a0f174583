using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Composition;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>
/// Hears one expert's whole answer, and the next one's only while none is believed by its own probabilities. The first
/// chunk therefore comes when the last needed answer has ended.
/// </summary>
/// <param name="most">Experts asked at most.</param>
/// <param name="within">Time from the beginning after which nobody else is asked.</param>
sealed class CascadeAnswer(
    Service service, RoutePlan plan, Cascade cascade, int most, TimeSpan within, ExpertCall call, Recruitment recruitment, TimeProvider time)
{
    readonly List<ExpertEvidence> _heard = [];
    readonly List<PanelCall> _calls = [];
    readonly List<string> _reasons = [];

    /// <summary>The first that answered, whether or not its model tells its probabilities.</summary>
    string? _answered;

    public async Task<RoutedAnswer> BeginAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var candidates = Candidates(plan.Ranked, service.Pool.Snapshot(), most);
        ExpertException? failure = null;
        while (true)
        {
            var late = _calls.Count > 0 && time.GetElapsedTime(began) > within;
            var step = cascade.Next(candidates, _heard, late ? _heard.Count : most);
            _reasons.AddRange(step.Reasons);
            if (step.Done)
                return step.Expert is { } believed ? Answer(believed, step.Belief) : Answer(_answered ?? throw failure!, plan.Confidence);
            var answer = await AskAsync(step.Expert!, cancellationToken);
            if (answer.Failure is { } problem && !problem.Failure.AnotherMayHelp()) throw problem;
            failure ??= answer.Failure;
            _answered ??= answer.Failure is null ? answer.Expert : null;
        }
    }

    /// <summary>The best by text stays first; of the others that may be asked, those that need no load go before.</summary>
    internal static IReadOnlyList<RankedExpert> Candidates(
        IReadOnlyList<RankedExpert> ranked, IReadOnlyList<ExpertSnapshot> experts, int most)
    {
        var resident = experts.Where(expert => expert.Residency == Residency.Resident).Select(expert => expert.Id).ToHashSet(StringComparer.Ordinal);
        return [.. ranked.Take(1), .. ranked.Take(most).Skip(1).OrderBy(expert => resident.Contains(expert.Expert) ? 0 : 1)];
    }

    async Task<PanelAnswer> AskAsync(string expert, CancellationToken cancellationToken)
    {
        var asked = PanelCall.Ask(
            expert, service.Pool.Get, call with { Request = call.Request with { ScoreAnswer = true } }, cancellationToken);
        recruitment.Ask(service, plan, [new Attempt(expert, asked.Trace) { Answer = asked.Answer }]);
        var answer = await asked.Answer;
        _calls.Add(asked);
        _heard.Add(new ExpertEvidence(expert, AnswerEvidence.Of((answer.Scores?.Answer ?? []).Select(score => score.LogProbability))));
        return answer;
    }

    RoutedAnswer Answer(string expert, double? belief)
    {
        var kept = _calls.First(asked => asked.Expert == expert);
        var told = plan with { Panel = [expert], Confidence = belief, Reasons = [.. _reasons, .. plan.Reasons] };
        return new RoutedAnswer(told, expert, kept.ReadAsync(CancellationToken.None), OthersAsync, new HeldTogether([]))
        {
            Waited = kept.Trace.Waited,
            Variant = kept.Trace.Variant,
            Asked = [.. _calls.Select(asked => asked.Expert)],
        };

        async Task<IReadOnlyList<PanelAnswer>> OthersAsync() =>
            await Task.WhenAll(_calls.Where(asked => asked != kept).Select(asked => asked.Answer));
    }
}
