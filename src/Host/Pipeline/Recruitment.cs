using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Composition;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>How far a request has come that has no answer yet. Filled in by the pipeline, read by who waits for it.</summary>
sealed class Recruitment
{
    volatile Asked? _asked;
    volatile string? _aggregator;
    volatile Tagging? _tagging;

    /// <summary>Set before the first expert is asked.</summary>
    public RoutePlan? Plan { get; private set; }

    /// <summary>What the request waits for, in a few words; null before any expert is asked.</summary>
    public string? Describe()
    {
        if (_aggregator is { } aggregator) return $"merging the panel's answers by {aggregator}";
        if (_asked is not { } now) return _tagging is { } tagging ? $"naming the skills; {Describe(tagging)}" : null;
        var open = now.Attempts.Where(attempt => attempt.Answer is not { IsCompleted: true }).ToArray();
        var told = now.Attempts.Count > 1 ? $"{now.Attempts.Count - open.Length} of {now.Attempts.Count} have answered; " : "";
        return open.Length == 0 ? null : told + Describe(now.Service, open[0]);
    }

    /// <summary>Before there is a plan.</summary>
    public void Tag(Service service, string tagger) => _tagging = new Tagging(service, tagger);

    /// <param name="attempts">Those that are asked side by side.</param>
    public void Ask(Service service, RoutePlan plan, IReadOnlyList<Attempt> attempts)
    {
        Plan = plan;
        _asked = new Asked(service, attempts);
    }

    public void Merge(string aggregator) => _aggregator = aggregator;

    string Describe(Service service, Attempt attempt)
    {
        var snapshot = service.Pool.Snapshot().FirstOrDefault(expert => expert.Id == attempt.Expert);
        return WaitWords.Of(attempt.Expert, snapshot, attempt.Trace.Waited > TimeSpan.Zero, Plan!.AllowVariants);
    }

    static string Describe(Tagging tagging) => WaitWords.Of(
        tagging.Expert, tagging.Service.Pool.Snapshot().FirstOrDefault(expert => expert.Id == tagging.Expert), hasModel: false, variants: false);

    sealed record Tagging(Service Service, string Expert);

    sealed record Asked(Service Service, IReadOnlyList<Attempt> Attempts);
}

/// <summary>An expert that is being asked.</summary>
sealed record Attempt(string Expert, CallTrace Trace)
{
    /// <summary>Of a panel's member: ends with its answer.</summary>
    public Task<PanelAnswer>? Answer { get; init; }
}
