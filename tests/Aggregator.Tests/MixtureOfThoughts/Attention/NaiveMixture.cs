using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts.Attention;

/// <summary>The formulas as they are written, in double, one number after the other.</summary>
static class NaiveMixture
{
    public sealed record Peer(string Id, float[] Rows, double Weight);

    /// <returns>The changed row, and the mass of each peer and of nobody, averaged over heads.</returns>
    public static (double[] Row, double[] Mass) Apply(
        MixtureLayers layers, string primary, int q, IReadOnlyList<double> x, params IReadOnlyList<Peer> peers)
    {
        PrimarySide side = layers.Expert(primary).Primary![q];
        double[] n = Rms(x, side.Norm);
        double[] u = Times(side.Query, n);
        var keys = peers.Select(peer => Keys(layers, peer, q)).ToArray();
        int size = layers.Latent / layers.Heads;
        var heard = new double[layers.Latent];
        var mass = new double[peers.Count + 1];
        for (int h = 0; h < layers.Heads; h++)
        {
            double Score(double[] key) => Enumerable.Range(h * size, size).Sum(i => u[i] * key[i]) / Math.Sqrt(size);

            double[][] parts = [.. keys.Select((peer, p) => peer.Keys.Select(key => Math.Exp(Score(key) + Math.Log(peers[p].Weight))).ToArray())];
            double nobody = Math.Exp(Score([.. layers.Interactions[q].NullKey.Select(k => (double)k)]));
            double total = parts.Sum(part => part.Sum()) + nobody;
            for (int p = 0; p < peers.Count; p++)
            {
                mass[p] += parts[p].Sum() / total / layers.Heads;
                for (int j = 0; j < parts[p].Length; j++)
                {
                    for (int i = h * size; i < (h + 1) * size; i++)
                        heard[i] += parts[p][j] / total * keys[p].Values[j][i];
                }
            }

            mass[^1] += nobody / total / layers.Heads;
        }

        double gate = 1 / (1 + Math.Exp(-(Times(side.Gate, n)[0] + side.GateBias)));
        double[] change = Times(side.Out, heard);
        return ([.. x.Select((value, i) => value + (gate * change[i]))], mass);
    }

    public static (double[][] Keys, double[][] Values) Keys(MixtureLayers layers, Peer peer, int q)
    {
        PeerSide side = layers.Expert(peer.Id).Peer![q];
        Interaction shared = layers.Interactions[q];
        int width = side.Norm.Length, d = layers.Latent, tokens = peer.Rows.Length / width, buckets = shared.Recency.Length / d;
        var keys = new double[tokens][];
        var values = new double[tokens][];
        for (int j = 0; j < tokens; j++)
        {
            double[] z = Times(side.Projection, Rms([.. peer.Rows[(j * width)..((j + 1) * width)].Select(h => (double)h)], side.Norm));
            int bucket = Math.Min(buckets - 1, tokens - 1 - j);
            keys[j] = [.. Times(shared.Key, z).Select((k, i) => k + shared.Recency[(bucket * d) + i])];
            values[j] = Times(shared.Value, z);
        }

        return (keys, values);
    }

    public static double[] Rms(IReadOnlyList<double> x, float[] gain)
    {
        double root = Math.Sqrt((x.Sum(value => value * value) / x.Count) + 1e-5);
        return [.. x.Select((value, i) => value / root * gain[i])];
    }

    public static double[] Times(float[] matrix, double[] x) =>
        [.. Enumerable.Range(0, matrix.Length / x.Length).Select(row => x.Select((value, i) => matrix[(row * x.Length) + i] * value).Sum())];
}
