using System.Globalization;

namespace Orchestrator.TestKit;

/// <summary>An expert as a <see cref="TinyMixture"/> names it.</summary>
/// <param name="Read">Depths, one for each interaction; null is the top at each.</param>
/// <param name="Write">Depths, one for each interaction; null is the interaction's own number, the last block at most.</param>
public sealed record TinyMixtureExpert(string Id, int Width, int Blocks, string? Sha256 = null, uint[]? Read = null, uint[]? Write = null);

/// <summary>Writes interaction layers of random weights, open to be damaged before they are saved.</summary>
public sealed record TinyMixture
{
    public IReadOnlyList<TinyMixtureExpert> Experts { get; init; } = [new("arith", 16, 3), new("price", 24, 2), new("roman", 12, 4)];
    public IReadOnlyList<string> Pairs { get; init; } = ["arith<price", "arith<roman"];
    public int Seed { get; init; } = 1;
    public int Latent { get; init; } = 8;
    public int Heads { get; init; } = 2;
    public int Interactions { get; init; } = 2;
    public int Recency { get; init; } = 4;
    public int Draft { get; init; } = 8;
    public int TopPeers { get; init; } = 2;
    public int Features { get; init; } = 64;
    public int Hidden { get; init; } = 6;

    /// <summary>Whether the back-projections are zero, as at the start of training.</summary>
    public bool Silent { get; init; }

    /// <summary>
    /// Bias of the router's last layers, which decides for every text: one for each expert and for none, then one for each expert
    /// as a peer. Null is a random router.
    /// </summary>
    public (float[] Primary, float[] Peer)? Router { get; init; }

    public TinyGguf ToGguf()
    {
        var gguf = new TinyGguf();
        AddFacts(gguf);
        var random = new Random(Seed);
        for (var q = 0; q < Interactions; q++)
        {
            Matrix($"mix.{q}.key", Latent, Latent);
            Matrix($"mix.{q}.value", Latent, Latent);
            Matrix($"mix.{q}.recency", Latent, Recency);
            Vector($"mix.{q}.null_key", Latent, 1);
        }

        for (var e = 0; e < Experts.Count; e++)
        {
            for (var q = 0; q < Interactions; q++)
                AddSides(e, q);
        }

        Matrix("router.1.weight", Features, Hidden);
        Vector("router.1.bias", Hidden, 0.1);
        Matrix("router.primary.weight", Hidden, Experts.Count + 1);
        Vector("router.primary.bias", Experts.Count + 1, 0.1);
        Matrix("router.peer.weight", Hidden, Experts.Count);
        Vector("router.peer.bias", Experts.Count, 0.1);
        if (Router is { } fixedRouter)
        {
            Array.Clear(gguf.Tensor("router.primary.weight").Values);
            Array.Clear(gguf.Tensor("router.peer.weight").Values);
            fixedRouter.Primary.CopyTo(gguf.Tensor("router.primary.bias").Values, 0);
            fixedRouter.Peer.CopyTo(gguf.Tensor("router.peer.bias").Values, 0);
        }

        return gguf;

        void AddSides(int e, int q)
        {
            var (id, width) = (Experts[e].Id, Experts[e].Width);
            if (Pairs.Any(pair => pair.EndsWith($"<{id}", StringComparison.Ordinal)))
            {
                Vector($"peer.{e}.{q}.norm", width, 1);
                Matrix($"peer.{e}.{q}.proj", width, Latent);
            }

            if (!Pairs.Any(pair => pair.StartsWith($"{id}<", StringComparison.Ordinal)))
                return;
            Vector($"primary.{e}.{q}.norm", width, 1);
            Matrix($"primary.{e}.{q}.query", width, Latent);
            Matrix($"primary.{e}.{q}.out", Latent, width, Silent ? 0 : 1);
            Matrix($"primary.{e}.{q}.gate", width, 1, shape: [width]);
            Vector($"primary.{e}.{q}.gate_bias", 1, 1);
        }

        void Matrix(string name, int inputs, int outputs, double scale = 1, int[]? shape = null) => gguf.Tensors.Add(
            new TinyTensor(name, shape ?? [inputs, outputs], TinyGguf.Gaussian(random, inputs * outputs, scale / Math.Sqrt(inputs))));

        void Vector(string name, int length, double deviation) =>
            gguf.Tensors.Add(new TinyTensor(name, [length], TinyGguf.Gaussian(random, length, deviation)));
    }

    public string Save(string directory, string name = "mixture.gguf") => ToGguf().Save(directory, name);

    void AddFacts(TinyGguf gguf)
    {
        gguf.Metadata["general.architecture"] = "mixture-of-thoughts";
        gguf.Metadata["general.name"] = "tiny mixture";
        gguf.Metadata["general.description"] = "random weights";
        gguf.Metadata["mot.version"] = 2u;
        gguf.Metadata["mot.latent"] = (uint)Latent;
        gguf.Metadata["mot.heads"] = (uint)Heads;
        gguf.Metadata["mot.interactions"] = (uint)Interactions;
        gguf.Metadata["mot.draft"] = (uint)Draft;
        gguf.Metadata["mot.recency"] = (uint)Recency;
        gguf.Metadata["mot.top_k"] = (uint)TopPeers;
        gguf.Metadata["mot.features"] = (uint)Features;
        gguf.Metadata["mot.hidden"] = (uint)Hidden;
        gguf.Metadata["mot.experts"] = Experts.Select(e => e.Id).ToArray();
        gguf.Metadata["mot.sha256"] = Experts.Select((e, i) => e.Sha256 ?? i.ToString("x64", CultureInfo.InvariantCulture)).ToArray();
        gguf.Metadata["mot.widths"] = Experts.Select(e => (uint)e.Width).ToArray();
        gguf.Metadata["mot.blocks"] = Experts.Select(e => (uint)e.Blocks).ToArray();
        gguf.Metadata["mot.read"] = Experts.SelectMany(e => e.Read ?? Each(_ => (uint)e.Blocks)).ToArray();
        gguf.Metadata["mot.write"] = Experts.SelectMany(e => e.Write ?? Each(q => (uint)Math.Min(q, e.Blocks))).ToArray();
        gguf.Metadata["mot.pairs"] = Pairs.ToArray();
    }

    uint[] Each(Func<int, uint> depth) => [.. Enumerable.Range(0, Interactions).Select(depth)];
}
