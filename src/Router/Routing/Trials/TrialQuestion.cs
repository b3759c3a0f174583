using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Routing.Trials;

/// <summary>A question embedded once for every policy of a trial. Not for concurrent use.</summary>
public sealed class TrialQuestion
{
    internal TrialQuestion(ProfiledQuestion features) => Features = features;

    internal ProfiledQuestion Features { get; }
}
