namespace Orchestrator.LlamaCpp.Generation;

/// <summary>How a model saw one token among all that could have stood there, at temperature 1.</summary>
/// <param name="LogProbability">Of the token itself, in nats; at most 0.</param>
/// <param name="Margin">Nats by which it lies above the best other token; below 0 where another was likelier.</param>
/// <param name="Entropy">Of the whole distribution, in nats: 0 is certainty.</param>
public readonly record struct TokenScore(float LogProbability, float Margin, float Entropy);
