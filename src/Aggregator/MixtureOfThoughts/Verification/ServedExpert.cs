namespace Orchestrator.Aggregator.MixtureOfThoughts.Verification;

/// <summary>What the service has under an expert's id.</summary>
/// <param name="Sha256">Of its whole file.</param>
/// <param name="Adapted">Whether an adapter changes its weights.</param>
sealed record ServedExpert(string Id, int Width, int Blocks, string Sha256, bool Adapted = false);
