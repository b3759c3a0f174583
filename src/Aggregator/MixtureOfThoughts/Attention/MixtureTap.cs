using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>
/// Lets a primary hear its peers while it is decoded, at its prompt and at every token that it writes. For one sequence.
/// </summary>
public sealed class MixtureTap : ILatentTap
{
    readonly MixtureExpert _primary;
    readonly CrossAttention[] _interactions;
    readonly int[] _depths;
    readonly string[] _peers;
    readonly int _heads;

    /// <summary>Of each peer and of the null key, summed over rows, interactions and heads.</summary>
    readonly double[] _mass;

    long _rows;

    /// <exception cref="ArgumentException">The layers were not trained with such a primary.</exception>
    public MixtureTap(MixtureLayers layers, string primary, LatentMemory memory)
    {
        _primary = layers.Expert(primary);
        if (_primary.Primary is null)
        {
            throw new ArgumentException(
                $"The layers '{layers.Name}' were never trained with '{primary}' as a primary.", nameof(primary));
        }

        _interactions = [.. layers.Interactions.Select((_, q) => new CrossAttention(layers, _primary, q, memory))];
        _depths = [.. _primary.WriteDepths.Distinct().Order()];
        _peers = [.. memory.Peers.Select(peer => peer.Memory.Peer)];
        _heads = layers.Heads;
        _mass = new double[_peers.Length + 1];
    }

    public IReadOnlyList<int> Depths => _depths;

    /// <summary>Bytes of its buffers; what it hears is the memory's.</summary>
    /// <param name="tokens">Of all peers together.</param>
    public static long BytesOf(MixtureLayers layers, string primary, long tokens) =>
        layers.Interactions.Count * CrossAttention.BytesOf(layers.Expert(primary).Width, layers.Latent, tokens);

    /// <summary>To be read when the answer has ended: rows are seen on another thread.</summary>
    public AttentionMass Attention
    {
        get
        {
            double softmaxes = Math.Max(1, _rows * _heads);
            return new AttentionMass(
                [.. _peers.Select((peer, p) => new PeerMass(peer, _mass[p] / softmaxes))],
                _rows == 0 ? 1 : _mass[^1] / softmaxes,
                _rows);
        }
    }

    public bool Visit(int depth, int position, Span<float> rows)
    {
        int width = _primary.Width;
        if (rows.Length % width != 0)
            throw new ArgumentException($"{rows.Length} numbers are no rows of {width}.", nameof(rows));
        bool changed = false;
        for (int q = 0; q < _interactions.Length; q++)
        {
            // A zero back-projection is passed over: adding zero would still turn -0 into +0.
            if (_primary.WriteDepths[q] != depth || _interactions[q].Silent)
                continue;
            for (int at = 0; at < rows.Length; at += width)
            {
                if (!_interactions[q].Apply(rows.Slice(at, width), _mass))
                    continue;
                changed = true;
                _rows++;
            }
        }

        return changed;
    }
}
