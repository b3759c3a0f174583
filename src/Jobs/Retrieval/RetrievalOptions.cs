using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Jobs.Retrieval;

/// <summary>What is measured of retrieval, and against what.</summary>
public sealed record RetrievalOptions
{
    /// <summary>The rule and the floor that the service routes by; hybrid and removals are measured with it.</summary>
    public PilotOptions Pilots { get; init; } = new();

    /// <summary>Id of the encoder trained on all domains, which routing has to be better than; not measured where there is none.</summary>
    public string MultiTask { get; init; } = "multitask";

    /// <summary>Names the expert of a collection: <c>{0}</c> is the collection.</summary>
    public string ByName { get; init; } = "{0}-expert";

    /// <summary>Removes only these experts, one at a time; null removes every one that has a collection of its name.</summary>
    public IReadOnlyList<string>? Without { get; init; }

    public BootstrapOptions Bootstrap { get; init; } = new();
}
