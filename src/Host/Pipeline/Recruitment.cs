using Orchestrator.Experts;
using Orchestrator.Host.Composition;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>How far a request has come that has no answer yet. Filled in by the pipeline, read by who waits for it.</summary>
sealed class Recruitment
{
    volatile Attempt? _attempt;

    /// <summary>Set before the first expert is asked.</summary>
    public RoutePlan? Plan { get; private set; }

    /// <summary>What the request waits for, in a few words; null before an expert is asked.</summary>
    public string? Describe()
    {
        if (_attempt is not { } now) return null;
        var snapshot = now.Service.Pool.Snapshot().FirstOrDefault(expert => expert.Id == now.Expert);
        return WaitWords.Of(now.Expert, snapshot, now.Trace.Waited > TimeSpan.Zero, Plan!.AllowVariants);
    }

    public void Ask(Service service, RoutePlan plan, string expert, CallTrace trace)
    {
        Plan = plan;
        _attempt = new Attempt(service, expert, trace);
    }

    sealed record Attempt(Service Service, string Expert, CallTrace Trace);
}
