using System.Numerics.Tensors;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Layers;

// Matrices lie row by row, one row of inputs for each output.

/// <summary>What all experts share in one interaction; d is the latent width.</summary>
/// <param name="Key">d x d.</param>
/// <param name="Value">d x d.</param>
/// <param name="Recency">One row of d for each distance from a peer's last token; the last row is for all that are farther.</param>
/// <param name="NullKey">d; what a row attends to that needs no peer.</param>
sealed record Interaction(float[] Key, float[] Value, float[] Recency, float[] NullKey);

/// <summary>How the states of a peer of width w come into the latent space.</summary>
/// <param name="Norm">w.</param>
/// <param name="Projection">d x w.</param>
sealed record PeerSide(float[] Norm, float[] Projection);

/// <summary>How a primary of width w asks, and how what it hears comes back into its residual stream.</summary>
/// <param name="Norm">w.</param>
/// <param name="Query">d x w.</param>
/// <param name="Out">w x d.</param>
/// <param name="Gate">w.</param>
sealed record PrimarySide(float[] Norm, float[] Query, float[] Out, float[] Gate, float GateBias)
{
    /// <summary>Its back-projection is zero, as at the start of training: whatever it hears changes nothing.</summary>
    public bool Silent { get; } = TensorPrimitives.MaxMagnitude<float>(Out) == 0;
}

/// <summary>F features, h hidden units, M experts.</summary>
/// <param name="Hidden">h x F.</param>
/// <param name="HiddenBias">h.</param>
/// <param name="Primary">(M + 1) x h; the last is for no mixture.</param>
/// <param name="PrimaryBias">M + 1.</param>
/// <param name="Peer">M x h.</param>
/// <param name="PeerBias">M.</param>
sealed record RouterWeights(float[] Hidden, float[] HiddenBias, float[] Primary, float[] PrimaryBias, float[] Peer, float[] PeerBias)
{
    public int Features => Hidden.Length / HiddenBias.Length;
}
