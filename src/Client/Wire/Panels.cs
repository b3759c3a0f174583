using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>What an answer of several experts, or with documents, tells beside it.</summary>
sealed record PanelFacts(IReadOnlyList<PanelFact>? Panel = null, MergingFacts? Aggregation = null, ContextFacts? Context = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Panel, "panel");
}

/// <param name="Content">Null where it failed.</param>
sealed record PanelFact(string Expert, string? Content = null, string? Error = null);

sealed record MergingFacts(IReadOnlyList<string>? Reasons = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Reasons, "reasons");
}

/// <param name="Reason">Why passages went with the question or not.</param>
/// <param name="Passages">That did.</param>
sealed record ContextFacts(string Reason, IReadOnlyList<PassageFact>? Passages = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Passages, "passages");
}

sealed record PassageFact(string Id);
