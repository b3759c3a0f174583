using System.Numerics.Tensors;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>
/// One interaction of one peer: makes keys and values of its states as they come, so that the states themselves, wider by far,
/// need not be kept. Used by one thread at a time.
/// </summary>
sealed class PeerProjection(Interaction shared, PeerSide side)
{
    readonly int _latent = shared.NullKey.Length;
    readonly LatentRows _keys = new(shared.NullKey.Length);
    readonly LatentRows _values = new(shared.NullKey.Length);
    readonly float[] _normed = new float[side.Norm.Length];
    readonly float[] _thought = new float[shared.NullKey.Length];

    /// <summary>How many it has seen.</summary>
    public int Tokens { get; private set; }

    public long Bytes => _keys.Bytes + _values.Bytes + BufferBytes(_normed.Length, _latent);

    /// <summary>What <see cref="Bytes"/> will be for so many tokens.</summary>
    /// <param name="width">Numbers of one state.</param>
    public static long BytesOf(int width, int latent, int tokens) =>
        (2 * LatentRows.BytesOf(latent, tokens)) + BufferBytes(width, latent);

    /// <summary>z = P rms(h), v = V z, and K z, which is the key but for its distance from the end.</summary>
    /// <param name="state">h.</param>
    public void Put(int token, ReadOnlySpan<float> state)
    {
        LatentMath.Rms(state, side.Norm, _normed);
        LatentMath.Product(side.Projection, _normed, _thought);
        LatentMath.Product(shared.Value, _thought, _values[token]);
        LatentMath.Product(shared.Key, _thought, _keys[token]);
        Tokens = Math.Max(Tokens, token + 1);
    }

    /// <summary>k = K z + recency(distance from the last token), now that the last is known. What was seen is let go.</summary>
    public PeerKeys Keys()
    {
        int tokens = Tokens;
        int farthest = (shared.Recency.Length / _latent) - 1;
        for (int token = 0; token < tokens; token++)
        {
            int bucket = Math.Min(farthest, tokens - 1 - token);
            Span<float> key = _keys[token];
            TensorPrimitives.Add(key, shared.Recency.AsSpan(bucket * _latent, _latent), key);
        }

        Tokens = 0;
        return new PeerKeys(tokens, _keys.Turn(tokens), _values.Turn(tokens));
    }

    static long BufferBytes(int width, int latent) => (width + latent) * (long)sizeof(float);
}
