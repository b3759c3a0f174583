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

    /// <summary>Bytes of all keys and values.</summary>
    public long Bytes => Interactions.Sum(keys => (long)(keys.Keys.Length + keys.Values.Length) * sizeof(float));

    internal IReadOnlyList<PeerKeys> Interactions { get; }

    /// <summary>What <see cref="Bytes"/> will be for so many tokens of prompt and draft.</summary>
    public static long BytesOf(MixtureLayers layers, int tokens) =>
        2L * layers.Interactions.Count * layers.Latent * tokens * sizeof(float);

    /// <summary>Listens to a peer at the depths that its keys are made of.</summary>
    public static StateRecorder Recorder(MixtureLayers layers, string peer)
    {
        MixtureExpert expert = layers.Expert(peer);
        return new StateRecorder(expert.Width, expert.ReadDepths);
    }

    /// <param name="states">From <see cref="Recorder"/>, when the peer's prompt and draft have been decoded.</param>
    /// <exception cref="ArgumentException">The layers were not trained with such a peer.</exception>
    /// <exception cref="InvalidOperationException">The recorder saw no token, or not all at each depth.</exception>
    public static PeerMemory Of(MixtureLayers layers, string peer, StateRecorder states)
    {
        MixtureExpert expert = layers.Expert(peer);
        IReadOnlyList<PeerSide> sides = expert.Peer
            ?? throw new ArgumentException($"The layers '{layers.Name}' were never trained with '{peer}' as a peer.", nameof(peer));
        int[] counts = [.. expert.ReadDepths.Select(depth => states.Rows(depth).Length / expert.Width)];
        if (counts.Min() == 0 || counts.Min() != counts.Max())
        {
            throw new InvalidOperationException(
                $"At the depths {string.Join(", ", expert.ReadDepths)} of '{peer}' {string.Join(", ", counts)} tokens were seen; "
                + "there must be one at least, and as many at each.");
        }

        return new PeerMemory(peer, [.. sides.Select(Keys)]);

        PeerKeys Keys(PeerSide side, int q) => PeerKeys.Of(layers.Interactions[q], side, states.Rows(expert.ReadDepths[q]));
    }
}
