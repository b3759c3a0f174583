namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>All that a primary may attend to: the memories of its peers and how much each counts. Never changed.</summary>
public sealed class LatentMemory
{
    /// <param name="peers">At least one; weights are above 0, one of 1 leaves the scores as they are.</param>
    public LatentMemory(params IReadOnlyList<(PeerMemory Memory, double Weight)> peers)
    {
        if (peers.Count == 0)
            throw new ArgumentException("A primary without peers needs no memory.", nameof(peers));
        if (peers.FirstOrDefault(peer => !(peer.Weight > 0) || !double.IsFinite(peer.Weight)) is { Memory: { } wrong } other)
        {
            throw new ArgumentException(
                $"The weight of '{wrong.Peer}' is {other.Weight}; it must be above 0 and finite.", nameof(peers));
        }

        Peers = [.. peers.Select(peer => new HeardPeer(peer.Memory, (float)Math.Log(peer.Weight)))];
    }

    /// <summary>Bytes of all keys and values.</summary>
    public long Bytes => Peers.Sum(peer => peer.Memory.Bytes);

    internal IReadOnlyList<HeardPeer> Peers { get; }
}

/// <param name="LogWeight">Added to the score of each of its keys.</param>
readonly record struct HeardPeer(PeerMemory Memory, float LogWeight);
