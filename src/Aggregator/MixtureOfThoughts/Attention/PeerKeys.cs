namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>One peer's keys and values of one interaction.</summary>
/// <param name="Tokens">How many there are.</param>
/// <param name="Keys">Latent dimension by dimension, the tokens of one together: the vector unit then runs over tokens.</param>
/// <param name="Values">The same.</param>
sealed record PeerKeys(int Tokens, float[] Keys, float[] Values);
