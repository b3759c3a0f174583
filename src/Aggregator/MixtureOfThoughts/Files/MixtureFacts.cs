using System.Buffers;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Files;

/// <summary>What the header says of the layers, checked; the experts are still without their tensors.</summary>
sealed record MixtureFacts
{
    /// <summary>Far above any real layers; together with the file's own length they bound what is read.</summary>
    const int MostWidth = 1 << 20;
    const int MostBlocks = 512;
    const int MostLatent = 65_536;
    const int MostDraft = 65_536;
    const int MostFeatures = 1 << 24;

    /// <summary>Digits of a SHA-256.</summary>
    const int HashDigits = 64;

    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public required string Name { get; init; }
    public required string Description { get; init; }
    public required int Latent { get; init; }
    public required int Heads { get; init; }
    public required int Interactions { get; init; }
    public required int Draft { get; init; }
    public required int Recency { get; init; }
    public required int TopPeers { get; init; }
    public required int Features { get; init; }
    public required int Hidden { get; init; }
    public required IReadOnlyList<MixtureExpert> Experts { get; init; }
    public required IReadOnlyList<MixturePair> Pairs { get; init; }

    public static MixtureFacts Of(HeaderValues header)
    {
        if (header.Architecture != MixtureFile.Architecture)
            throw header.Fault($"its general.architecture is '{header.Architecture}'", $"it must be '{MixtureFile.Architecture}'");
        header.Whole("mot.version", MixtureFile.Version, MixtureFile.Version);
        int latent = header.Whole("mot.latent", 1, MostLatent);
        int heads = header.Whole("mot.heads", 1, latent);
        if (latent % heads != 0)
            throw header.Fault($"mot.heads is {heads} and mot.latent {latent}", "the heads must divide the latent width");
        int interactions = header.Whole("mot.interactions", 1, MostBlocks + 1);
        IReadOnlyList<MixtureExpert> experts = ExpertsOf(header, interactions);
        return new MixtureFacts
        {
            Name = header.Text("general.name"),
            Description = header.Text("general.description"),
            Latent = latent,
            Heads = heads,
            Interactions = interactions,
            Draft = header.Whole("mot.draft", 1, MostDraft),
            Recency = header.Whole("mot.recency", 1, MostLatent),
            TopPeers = header.Whole("mot.top_k", 1, experts.Count),
            Features = header.Whole("mot.features", 1, MostFeatures),
            Hidden = header.Whole("mot.hidden", 1, MostLatent),
            Experts = experts,
            Pairs = PairsOf(header),
        };
    }

    static MixtureExpert[] ExpertsOf(HeaderValues header, int interactions)
    {
        IReadOnlyList<string> ids = header.Names("mot.experts");
        IReadOnlyList<string> hashes = header.Texts("mot.sha256");
        if (hashes.Count != ids.Count)
            throw header.Fault($"mot.sha256 has {hashes.Count} values", $"it must have {ids.Count}");
        if (hashes.FirstOrDefault(hash => hash.Length != HashDigits || hash.AsSpan().ContainsAnyExcept(HexDigits)) is { } other)
            throw header.Fault($"mot.sha256 has '{other}'", $"each must be {HashDigits} digits of 0 to 9 and a to f");
        int[] widths = header.Wholes("mot.widths", ids.Count, 1, _ => MostWidth);
        int[] blocks = header.Wholes("mot.blocks", ids.Count, 1, _ => MostBlocks);
        int[] reads = Depths("mot.read");
        int[] writes = Depths("mot.write");
        return [.. ids.Select((id, e) => new MixtureExpert(id, hashes[e], widths[e], blocks[e], Own(reads, e), Own(writes, e)))];

        int[] Depths(string key) => header.Wholes(key, ids.Count * interactions, 0, place => blocks[place / interactions]);

        int[] Own(int[] all, int expert) => all[(expert * interactions)..((expert + 1) * interactions)];
    }

    static MixturePair[] PairsOf(HeaderValues header) =>
    [
        .. header.Names("mot.pairs").Select(text => MixturePair.Parse(text)
            ?? throw header.Fault($"mot.pairs has '{text}'", "each must be 'primary<peer'")),
    ];
}
