using System.Numerics.Tensors;
using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Routing;

/// <summary>The trained router: one hidden layer over the text's features. Pure, and safe for concurrent use.</summary>
public sealed class MixtureRouter(MixtureLayers layers)
{
    readonly RouterWeights _weights = layers.Router;

    /// <summary>
    /// Only what was trained together is chosen. Whoever the router wants is not replaced by somebody else when it is not
    /// available: a text about prices is not answered better by an expert for dates.
    /// </summary>
    /// <param name="text">What the primary will be asked.</param>
    /// <param name="available">Ids of the experts that may be used now.</param>
    public MixtureChoice Choose(string text, IReadOnlySet<string> available)
    {
        (float[] primaryLogits, float[] peerLogits) = Logits(text);
        double[] probabilities = Softmax(primaryLogits);
        var byId = layers.Experts.Select((expert, e) => (expert.Id, Chance: probabilities[e]))
            .ToDictionary(pair => pair.Id, pair => pair.Chance, StringComparer.Ordinal);
        double none = probabilities[^1];
        int wanted = Array.IndexOf(primaryLogits, primaryLogits.Max());
        if (wanted == layers.Experts.Count)
            return Without($"the router sees no need for a mixture (probability {none:0.00})");
        string primary = layers.Experts[wanted].Id;
        string speaks = $"'{primary}' would speak (probability {byId[primary]:0.00})";
        if (!available.Contains(primary))
            return Without($"{speaks}, but it is not available");

        string[] peers = [.. Peers(primary, peerLogits)];
        string[] absent = [.. peers.Where(id => !available.Contains(id))];
        if (peers.Length == 0)
            return Without($"{speaks}, but it was trained to listen to nobody");
        if (absent.Length == peers.Length)
            return Without($"{speaks} and listen to {Listed(peers)}, but {(peers.Length == 1 ? "it is" : "they are")} not available");

        string[] heard = [.. peers.Except(absent)];
        WeightedPeer[] weighted = [.. heard.Zip(Shares(peerLogits, heard), (id, weight) => new WeightedPeer(id, weight))];
        string missing = absent.Length == 0
            ? ""
            : $"; {Listed(absent)} would be heard too, but {(absent.Length == 1 ? "is" : "are")} not available";
        return new MixtureChoice(
            primary, weighted, byId, none,
            $"'{primary}' speaks (probability {byId[primary]:0.00}) and listens to "
            + $"{string.Join(", ", weighted.Select(peer => $"'{peer.Id}' (weight {peer.Weight:0.00})"))}{missing}");

        MixtureChoice Without(string reason) => new(null, [], byId, none, reason);
    }

    /// <returns>How much each of these peers counts for the text, in their order; they sum to 1.</returns>
    public IReadOnlyList<double> Weigh(string text, IReadOnlyList<string> peers) =>
        peers.Count == 0 ? [] : Shares(Logits(text).Peer, peers);

    double[] Shares(float[] peerLogits, IReadOnlyList<string> peers) => Softmax([.. peers.Select(id => peerLogits[IndexOf(id)])]);

    (float[] Primary, float[] Peer) Logits(string text)
    {
        float[] hidden = Layer(_weights.Hidden, _weights.HiddenBias, PromptFeatures.Of(text, _weights.Features));
        TensorPrimitives.Max(hidden, 0, hidden);
        return (Layer(_weights.Primary, _weights.PrimaryBias, hidden), Layer(_weights.Peer, _weights.PeerBias, hidden));
    }

    /// <summary>The top K of those that the primary was trained with.</summary>
    IEnumerable<string> Peers(string primary, float[] logits) => layers.Pairs
        .Where(pair => pair.Primary == primary && pair.Peer != primary)
        .Select(pair => pair.Peer)
        .OrderByDescending(id => logits[IndexOf(id)])
        .Take(layers.TopPeers);

    int IndexOf(string id) => layers.Experts.TakeWhile(expert => expert.Id != id).Count();

    static float[] Layer(float[] weight, float[] bias, float[] input)
    {
        var output = new float[bias.Length];
        LatentMath.Product(weight, input, output);
        TensorPrimitives.Add(output, bias, output);
        return output;
    }

    static double[] Softmax(float[] logits)
    {
        double[] shares = [.. logits.Select(logit => Math.Exp((double)logit - logits.Max()))];
        double sum = shares.Sum();
        return [.. shares.Select(share => share / sum)];
    }

    static string Listed(IEnumerable<string> ids) => string.Join(" and ", ids.Select(id => $"'{id}'"));
}
