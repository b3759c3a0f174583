using Orchestrator.Aggregator;
using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Retrieval.Answers;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Running;

/// <summary>What a job works with. A reload makes another one, which running jobs take over at their next step.</summary>
public sealed record JobWorkplace(OrchestratorConfig Config, ExpertPool Pool, PolicyRouter Router)
{
    /// <summary>What merges a panel, by the plan's aggregator and the expert that it names for it.</summary>
    public required Func<string, string?, PanelMerger> Merger { get; init; }

    /// <summary>Null where no policy mixes thoughts.</summary>
    public Mixture? Mixture { get; init; }

    /// <summary>Null where no policy has a collection.</summary>
    public ContextFinder? Contexts { get; init; }

    /// <summary>Null where no policy wants a tagger.</summary>
    public SkillTagging? Tagging { get; init; }
}

/// <summary>An aggregator, and the expert that it asks; null where it needs none and merges at once.</summary>
public sealed record PanelMerger(IAggregator Aggregator, string? Expert);

/// <summary>How the skills of questions are found before they are routed.</summary>
/// <param name="Wants">Whether a policy looks at them.</param>
/// <param name="TagAsync">One result for each question, in their order, asked for as batch work.</param>
public sealed record SkillTagging(
    Predicate<string> Wants, Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<TaggedQuestion>>> TagAsync);
