namespace Orchestrator.Jobs.Evaluation;

/// <summary>What one question scored under each way of choosing an expert; 0…1 each.</summary>
/// <param name="Chosen">The policy's primary.</param>
/// <param name="Confidence">How sure the policy was of it.</param>
/// <param name="Routed">Score of the primary.</param>
/// <param name="BestSingle">Score of the expert that was best on the profile.</param>
/// <param name="Generalist">Score of the expert trained on everything; null when none is named.</param>
/// <param name="Random">Mean over all experts: what a random choice scores on average.</param>
/// <param name="Oracle">The best score that any expert has on this question.</param>
public sealed record RoutedQuestion(
    string Id, string Chosen, double Confidence, double Routed, double BestSingle, double? Generalist,
    double Random, double Oracle);
