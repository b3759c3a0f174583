using System.Numerics.Tensors;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Files;

/// <summary>Reads the tensors that the header's facts ask for, and tells of any that they do not.</summary>
sealed class MixtureTensors
{
    readonly string _path;
    readonly GgufTensorFile _file;
    readonly Dictionary<string, GgufTensor> _left;

    public MixtureTensors(string path, GgufTensorFile file)
    {
        (_path, _file) = (path, file);
        _left = file.Header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        UInt128 end = file.Header.Tensors.Where(tensor => tensor.Type == GgufTypes.F32).Select(End).DefaultIfEmpty().Max();
        if (end > (ulong)file.Header.FileBytes)
            throw Fault($"it is truncated or damaged: its tensors need {end} bytes, the file has {file.Header.FileBytes}", "it must be whole");
        // Several tensors may claim the same bytes: each alone would fit the file, and all together fill the memory.
        var claimed = file.Header.Tensors.Aggregate(UInt128.Zero, (sum, tensor) => sum + (ulong)tensor.Elements) * sizeof(float);
        if (claimed > (ulong)Math.Max(0, file.Header.FileBytes - file.Header.DataStart))
            throw Fault($"its tensors claim {claimed} bytes, more than the file has", "each must have its own data");
    }

    UInt128 End(GgufTensor tensor) =>
        (ulong)_file.Header.DataStart + (UInt128)tensor.Offset + ((UInt128)(ulong)tensor.Elements * sizeof(float));

    public MixtureLayers Layers(MixtureFacts facts)
    {
        (int d, int q) = (facts.Latent, facts.Interactions);
        int experts = facts.Experts.Count;
        Interaction[] interactions = Each(q, i => new Interaction(
            Take($"mix.{i}.key", d, d), Take($"mix.{i}.value", d, d),
            Take($"mix.{i}.recency", d, facts.Recency), Take($"mix.{i}.null_key", d)));
        var router = new RouterWeights(
            Take("router.1.weight", facts.Features, facts.Hidden), Take("router.1.bias", facts.Hidden),
            Take("router.primary.weight", facts.Hidden, experts + 1), Take("router.primary.bias", experts + 1),
            Take("router.peer.weight", facts.Hidden, experts), Take("router.peer.bias", experts));
        var layers = new MixtureLayers(interactions, router)
        {
            Name = facts.Name,
            Description = facts.Description,
            Latent = d,
            Heads = facts.Heads,
            Draft = facts.Draft,
            TopPeers = facts.TopPeers,
            Pairs = facts.Pairs,
            Bytes = _file.Header.Tensors.Sum(tensor => tensor.Elements * sizeof(float)),
            Experts = Each(experts, e => WithSides(facts.Experts[e], e, d, q)),
        };
        return _left.Keys.FirstOrDefault() is { } stray
            ? throw Fault(
                $"the tensor '{stray}' belongs to nothing that the header names", $"version {MixtureFile.Version} has no such tensor")
            : layers;
    }

    MixtureExpert WithSides(MixtureExpert expert, int e, int d, int interactions)
    {
        int w = expert.Width;
        return expert with
        {
            Peer = Has($"peer.{e}.")
                ? Each(interactions, q => new PeerSide(Take($"peer.{e}.{q}.norm", w), Take($"peer.{e}.{q}.proj", w, d)))
                : null,
            Primary = Has($"primary.{e}.")
                ? Each(interactions, q => new PrimarySide(
                    Take($"primary.{e}.{q}.norm", w), Take($"primary.{e}.{q}.query", w, d), Take($"primary.{e}.{q}.out", d, w),
                    Take($"primary.{e}.{q}.gate", w), Take($"primary.{e}.{q}.gate_bias", 1)[0]))
                : null,
        };
    }

    bool Has(string prefix) => _left.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <param name="shape">llama.cpp's order: the inputs, which lie together, first.</param>
    float[] Take(string name, params long[] shape)
    {
        if (!_left.Remove(name, out GgufTensor? tensor))
            throw Fault($"the tensor '{name}' is missing", $"it must be there with the size {Shown(shape)}");
        if (!tensor.Shape.SequenceEqual(shape))
            throw Fault($"the tensor '{name}' has the size {Shown(tensor.Shape)}", $"it must be {Shown(shape)}");
        float[] values = _file.Floats(tensor);
        return TensorPrimitives.IsFiniteAll<float>(values)
            ? values
            : throw Fault($"the tensor '{name}' has a number that is infinite or none", "all must be finite");
    }

    static T[] Each<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];

    static string Shown(IEnumerable<long> shape) => string.Join(" x ", shape);

    MixtureFileException Fault(string what, string allowed) => new(_path, what, allowed);
}
