using System.Collections.Frozen;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Verification;

/// <summary>Judges layers against what the service has. Other weights mean other thoughts: the layers would read noise.</summary>
static class MixtureFit
{
    /// <param name="served">By id; who is missing cannot be mixed.</param>
    /// <param name="absent">By id why an expert is not among them, in words; those that nobody knows are in neither.</param>
    public static MixtureVerdict Judge(
        MixtureLayers layers, IReadOnlyDictionary<string, ServedExpert> served, IReadOnlyDictionary<string, string> absent)
    {
        var needed = layers.Pairs.SelectMany(pair => (string[])[pair.Primary, pair.Peer]).ToHashSet(StringComparer.Ordinal);
        string[] faults =
            [.. layers.Experts.Where(e => needed.Contains(e.Id)).Select(e => Mismatch(e, served)).OfType<string>()];
        if (faults.Length > 0)
            return new MixtureVerdict(string.Join("; ", faults), FrozenSet<string>.Empty, []);
        return new MixtureVerdict(
            null,
            needed.Where(served.ContainsKey).ToFrozenSet(StringComparer.Ordinal),
            [.. layers.Pairs.Select(pair => Missing(pair, served, absent)).OfType<string>()]);
    }

    static string? Mismatch(MixtureExpert trained, IReadOnlyDictionary<string, ServedExpert> served)
    {
        if (!served.TryGetValue(trained.Id, out ServedExpert? now))
            return null;
        return now.Width != trained.Width
                ? $"expert '{trained.Id}' is {now.Width} wide, the layers were trained with {trained.Width}"
            : now.Blocks != trained.Blocks
                ? $"expert '{trained.Id}' has {now.Blocks} blocks, the layers were trained with {trained.Blocks}"
            : now.Sha256 != trained.Sha256
                ? $"expert '{trained.Id}' has other weights than the layers were trained with: "
                    + $"sha256 {now.Sha256}, expected {trained.Sha256}"
            : now.Adapted
                ? $"expert '{trained.Id}' has an adapter, the layers were trained with its file alone"
            : null;
    }

    static string? Missing(
        MixturePair pair, IReadOnlyDictionary<string, ServedExpert> served, IReadOnlyDictionary<string, string> absent)
    {
        string[] missing = [.. new[] { pair.Primary, pair.Peer }.Distinct().Where(id => !served.ContainsKey(id))];
        return missing.Length == 0 ? null : $"{pair} is not used: {string.Join(", and ", missing.Select(Why))}";

        string Why(string id) => $"the expert '{id}' {absent.GetValueOrDefault(id, "is not configured")}";
    }
}
