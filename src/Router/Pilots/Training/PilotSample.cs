namespace Orchestrator.Router.Pilots.Training;

/// <summary>A query of a domain, and how well each expert retrieved for it.</summary>
/// <param name="Vector">As the base expert embeds it; of any length.</param>
/// <param name="Scores">nDCG@10, 0…1, in the order of the experts; null where one was not asked.</param>
public sealed record PilotSample(string Domain, float[] Vector, IReadOnlyList<double?> Scores);
