using System.Numerics.Tensors;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Attention;

/// <summary>One peer's keys and values of one interaction.</summary>
/// <param name="Tokens">How many there are.</param>
/// <param name="Keys">Latent dimension by dimension, the tokens of one together: the vector unit then runs over tokens.</param>
/// <param name="Values">The same.</param>
sealed record PeerKeys(int Tokens, float[] Keys, float[] Values)
{
    /// <summary>z = P rms(h); k = K z + recency(distance from the last token); v = V z, for each row h.</summary>
    public static PeerKeys Of(Interaction shared, PeerSide side, ReadOnlySpan<float> rows)
    {
        int width = side.Norm.Length;
        int latent = shared.NullKey.Length;
        int tokens = rows.Length / width;
        int farthest = (shared.Recency.Length / latent) - 1;
        var made = new PeerKeys(tokens, new float[latent * tokens], new float[latent * tokens]);
        float[] normed = new float[width], thought = new float[latent], part = new float[latent];
        for (int token = 0; token < tokens; token++)
        {
            LatentMath.Rms(rows.Slice(token * width, width), side.Norm, normed);
            LatentMath.Product(side.Projection, normed, thought);
            LatentMath.Product(shared.Value, thought, part);
            Scatter(part, made.Values, token, tokens);
            LatentMath.Product(shared.Key, thought, part);
            int bucket = Math.Min(farthest, tokens - 1 - token);
            TensorPrimitives.Add(part, shared.Recency.AsSpan(bucket * latent, latent), part);
            Scatter(part, made.Keys, token, tokens);
        }

        return made;
    }

    static void Scatter(float[] column, float[] matrix, int token, int tokens)
    {
        for (int i = 0; i < column.Length; i++)
            matrix[(i * tokens) + token] = column[i];
    }
}
