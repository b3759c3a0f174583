using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>
/// Listens to what a peer thinks: the rows of its residual stream, of one sequence, at the depths that the layers read. They are
/// kept as keys and values.
/// </summary>
public sealed class StateRecorder : ILatentTap
{
    readonly int _width;
    readonly int[] _depths;
    readonly IReadOnlyList<int> _reads;
    readonly PeerProjection[] _interactions;

    /// <exception cref="ArgumentException">The layers were not trained with such a peer.</exception>
    internal StateRecorder(MixtureLayers layers, string peer)
    {
        MixtureExpert expert = layers.Expert(peer);
        IReadOnlyList<PeerSide> sides = expert.Peer
            ?? throw new ArgumentException($"The layers '{layers.Name}' were never trained with '{peer}' as a peer.", nameof(peer));
        (Peer, _width, _reads) = (peer, expert.Width, expert.ReadDepths);
        _depths = [.. _reads.Distinct().Order()];
        _interactions = [.. layers.Interactions.Zip(sides, (shared, side) => new PeerProjection(shared, side))];
    }

    /// <summary>The expert's id.</summary>
    public string Peer { get; }

    public IReadOnlyList<int> Depths => _depths;

    /// <summary>Bytes of what is kept, and of the buffers.</summary>
    public long Bytes => _interactions.Sum(interaction => interaction.Bytes);

    /// <exception cref="ArgumentException">
    /// The depth is not listened to, positions were skipped, or the numbers are no whole rows.
    /// </exception>
    public bool Visit(int depth, int position, Span<float> rows)
    {
        if (!_depths.Contains(depth))
        {
            throw new ArgumentOutOfRangeException(
                nameof(depth), depth, $"Only the depths {string.Join(", ", _depths)} are listened to.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (rows.Length % _width != 0)
            throw new ArgumentException($"{rows.Length} numbers are no rows of {_width}.", nameof(rows));
        for (int q = 0; q < _interactions.Length; q++)
        {
            if (_reads[q] == depth)
                Put(_interactions[q], depth, position, rows);
        }

        return false;
    }

    /// <summary>To be called once, when the sequence has ended: nothing is kept after it.</summary>
    /// <exception cref="InvalidOperationException">No token was seen, or not all at each depth.</exception>
    internal IReadOnlyList<PeerKeys> Keys()
    {
        int[] counts = [.. _interactions.Select(interaction => interaction.Tokens)];
        return counts.Min() > 0 && counts.Min() == counts.Max()
            ? [.. _interactions.Select(interaction => interaction.Keys())]
            : throw new InvalidOperationException(
                $"At the depths {string.Join(", ", _reads)} of '{Peer}' {string.Join(", ", counts)} tokens were seen; "
                + "there must be one at least, and as many at each.");
    }

    void Put(PeerProjection interaction, int depth, int position, ReadOnlySpan<float> rows)
    {
        if (position > interaction.Tokens)
        {
            throw new ArgumentException(
                $"Position {position} at depth {depth} follows {interaction.Tokens} tokens; none may be skipped.", nameof(position));
        }

        for (int at = 0; at < rows.Length; at += _width)
            interaction.Put(position + (at / _width), rows.Slice(at, _width));
    }
}
