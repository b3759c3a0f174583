using System.Numerics.Tensors;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>
/// One interaction of one primary: changes rows of its residual stream by what they hear. Rows do not depend on each other.
/// Its buffers belong to one sequence.
/// </summary>
sealed class CrossAttention
{
    readonly PrimarySide _side;
    readonly float[] _nullKey;
    readonly PeerKeys[] _peers;
    readonly float[] _logWeights;
    readonly int _headSize;
    readonly float[] _normed;
    readonly float[] _query;
    readonly float[] _heard;
    readonly float[] _part;
    readonly float[] _change;
    readonly float[][] _scores;
    readonly float[] _sums;

    /// <summary>Of the row at hand, summed over heads; the last is the null key's.</summary>
    readonly double[] _mass;

    public CrossAttention(MixtureLayers layers, MixtureExpert primary, int interaction, LatentMemory memory)
    {
        _side = primary.Primary![interaction];
        _nullKey = layers.Interactions[interaction].NullKey;
        _peers = [.. memory.Peers.Select(peer => peer.Memory.Interactions[interaction])];
        _logWeights = [.. memory.Peers.Select(peer => peer.LogWeight)];
        _headSize = layers.Latent / layers.Heads;
        (_normed, _change) = (new float[primary.Width], new float[primary.Width]);
        (_query, _heard, _part) = (new float[layers.Latent], new float[layers.Latent], new float[_headSize]);
        _scores = [.. _peers.Select(keys => new float[keys.Tokens])];
        _sums = new float[_peers.Length];
        _mass = new double[_peers.Length + 1];
    }

    /// <summary>Bytes of the buffers, but for a few numbers of each peer and head.</summary>
    /// <param name="tokens">Of all peers together.</param>
    public static long BytesOf(int width, int latent, long tokens) => ((2L * width) + (2L * latent) + tokens) * sizeof(float);

    /// <summary>Whether it can change a row at all.</summary>
    public bool Silent => _side.Silent;

    /// <param name="mass">Of each peer and of the null key, summed over heads; added to.</param>
    /// <returns>False for a row whose scores overflow: it stays as it is and counts nowhere.</returns>
    public bool Apply(Span<float> row, Span<double> mass)
    {
        LatentMath.Rms(row, _side.Norm, _normed);
        LatentMath.Product(_side.Query, _normed, _query);
        TensorPrimitives.Multiply(_query, 1 / MathF.Sqrt(_headSize), _query);
        Array.Clear(_mass);
        for (int head = 0; head < _query.Length; head += _headSize)
        {
            if (!Attend(head))
                return false;
        }

        float gate = LatentMath.Sigmoid(TensorPrimitives.Dot<float>(_side.Gate, _normed) + _side.GateBias);
        LatentMath.Product(_side.Out, _heard, _change);
        TensorPrimitives.MultiplyAdd(_change, gate, row, row);
        TensorPrimitives.Add(mass, _mass, mass);
        return true;
    }

    /// <summary>Softmax over the keys of all peers and the null key, whose value is zero.</summary>
    bool Attend(int head)
    {
        ReadOnlySpan<float> query = _query.AsSpan(head, _headSize);
        float nothing = TensorPrimitives.Dot(query, _nullKey.AsSpan(head, _headSize));
        float highest = nothing;
        for (int p = 0; p < _peers.Length; p++)
        {
            LatentMath.ColumnProduct(Head(_peers[p].Keys, p, head), query, _logWeights[p], _scores[p]);
            highest = MathF.Max(highest, TensorPrimitives.Max<float>(_scores[p]));
        }

        if (!float.IsFinite(highest))
            return false;
        float empty = MathF.Exp(nothing - highest);
        float total = empty;
        Span<float> heard = _heard.AsSpan(head, _headSize);
        heard.Clear();
        for (int p = 0; p < _peers.Length; p++)
        {
            TensorPrimitives.Subtract(_scores[p], highest, _scores[p]);
            TensorPrimitives.Exp<float>(_scores[p], _scores[p]);
            total += _sums[p] = TensorPrimitives.Sum<float>(_scores[p]);
            LatentMath.Product(Head(_peers[p].Values, p, head), _scores[p], _part);
            TensorPrimitives.Add(heard, _part, heard);
        }

        TensorPrimitives.Divide(heard, total, heard);
        for (int p = 0; p < _peers.Length; p++)
            _mass[p] += _sums[p] / (double)total;
        _mass[^1] += empty / (double)total;
        return true;
    }

    ReadOnlySpan<float> Head(float[] matrix, int peer, int head) =>
        matrix.AsSpan(head * _peers[peer].Tokens, _headSize * _peers[peer].Tokens);
}
