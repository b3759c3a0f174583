using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>
/// What one peer thinks, as keys and values in the shared latent space for each interaction. Once it is made, the peer itself is
/// no longer needed. Never changed; may be heard by any number of primaries at once.
/// </summary>
public sealed class PeerMemory
{
    PeerMemory(string peer, IReadOnlyList<PeerKeys> interactions) => (Peer, Interactions) = (peer, interactions);

    /// <summary>The expert's id.</summary>
    public string Peer { get; }

    /// <summary>How many were heard, of prompt and draft.</summary>
    public int Tokens => Interactions[0].Tokens;

    /// <summary>Bytes of all keys and values.</summary>
    public long Bytes => Interactions.Sum(keys => (long)(keys.Keys.Length + keys.Values.Length) * sizeof(float));

    internal IReadOnlyList<PeerKeys> Interactions { get; }

    /// <summary>What <see cref="Bytes"/> will be for so many tokens of prompt and draft.</summary>
    public static long BytesOf(MixtureLayers layers, int tokens) =>
        2L * layers.Interactions.Count * layers.Latent * tokens * sizeof(float);

    /// <summary>
    /// What recorder and memory take together at most, from the first token until the memory is made: the one becomes the other
    /// matrix by matrix.
    /// </summary>
    public static long MostBytes(MixtureLayers layers, string peer, int tokens) =>
        (layers.Interactions.Count * PeerProjection.BytesOf(layers.Expert(peer).Width, layers.Latent, tokens))
        + ((long)layers.Latent * tokens * sizeof(float));

    /// <summary>Listens to a peer at the depths that its keys are made of.</summary>
    /// <exception cref="ArgumentException">The layers were not trained with such a peer.</exception>
    public static StateRecorder Recorder(MixtureLayers layers, string peer) => new(layers, peer);

    /// <param name="states">From <see cref="Recorder"/>, when the peer's prompt and draft have been decoded; empty afterwards.</param>
    /// <exception cref="InvalidOperationException">The recorder saw no token, or not all at each depth.</exception>
    public static PeerMemory Of(StateRecorder states) => new(states.Peer, states.Keys());
}
