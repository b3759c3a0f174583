namespace Orchestrator.Aggregator.MixtureOfThoughts.Verification;

/// <summary>Whether trained layers fit the experts of a service.</summary>
/// <param name="Refusal">Why they must not be used, in words; null when they may.</param>
/// <param name="Available">Ids of the experts that the service has as the layers were trained with them; empty when refused.</param>
/// <param name="Notes">A sentence for each pair that cannot be used because an expert is missing.</param>
public sealed record MixtureVerdict(string? Refusal, IReadOnlySet<string> Available, IReadOnlyList<string> Notes);
