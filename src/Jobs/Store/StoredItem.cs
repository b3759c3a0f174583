using Orchestrator.Jobs.Running;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Store;

/// <summary>One item as it is stored.</summary>
/// <param name="Tagged">What the tagger found; null before it was asked.</param>
/// <param name="Plan">Null before it is routed.</param>
/// <param name="End">Null while it is open.</param>
sealed record StoredItem(int Index, JobItem Item, TaggedQuestion? Tagged, PlanFacts? Plan, ItemEnd? End);
