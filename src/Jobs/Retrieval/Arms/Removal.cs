namespace Orchestrator.Jobs.Retrieval.Arms;

/// <summary>What comes of routing when one expert is gone.</summary>
/// <param name="Expert">Who was removed.</param>
/// <param name="Home">The collection of its name; null when it has none.</param>
/// <param name="Before">Routed with it.</param>
/// <param name="Unavailable">Routed while it is not available and its pilots are still there.</param>
/// <param name="Removed">Routed by a library without its pilots.</param>
public sealed record Removal(string Expert, string? Home, ArmRow Before, ArmRow Unavailable, ArmRow Removed);
