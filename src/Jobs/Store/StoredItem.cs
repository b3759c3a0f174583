using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Retrieval.Answers;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Store;

/// <summary>One item as it is stored.</summary>
/// <param name="Tagged">What the tagger found; null before it was asked.</param>
/// <param name="Plan">Null before it is routed.</param>
/// <param name="End">Null while it is open.</param>
sealed record StoredItem(int Index, JobItem Item, TaggedQuestion? Tagged, PlanFacts? Plan, ItemEnd? End)
{
    /// <summary>What experts are asked: the item's own request, with the passages that its plan found.</summary>
    public GenerationRequest Request => Plan?.Context?.Passages is { Count: > 0 } passages
        ? Item.Request with { Messages = ContextPrompt.Of(Item.Request.Messages, passages) }
        : Item.Request;
}
