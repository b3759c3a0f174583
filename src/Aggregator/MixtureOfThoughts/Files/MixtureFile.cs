using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Files;

/// <summary>Reads trained interaction layers from a GGUF. Nothing in it is trusted.</summary>
public static class MixtureFile
{
    public const string Architecture = "mixture-of-thoughts";

    /// <summary>The file's layout as it is read here.</summary>
    public const int Version = 1;

    /// <exception cref="MixtureFileException">The file cannot be read, is none of such layers, or breaks a rule.</exception>
    public static MixtureLayers Read(string path)
    {
        try
        {
            using GgufTensorFile file = GgufTensorFile.Open(path);
            MixtureFacts facts = MixtureFacts.Of(new HeaderValues(path, file.Header));
            MixtureLayers layers = new MixtureTensors(path, file).Layers(facts);
            CheckPairs(path, layers);
            return layers;
        }
        catch (GgufException damaged)
        {
            throw new MixtureFileException(path, damaged.Message, "it must be a whole GGUF of F32 tensors", damaged);
        }
    }

    static void CheckPairs(string path, MixtureLayers layers)
    {
        foreach (MixturePair pair in layers.Pairs)
        {
            string where = $"mot.pairs names '{pair}'";
            if (Side(pair.Primary)?.Primary is null)
                throw new MixtureFileException(path, $"{where}, but '{pair.Primary}' has no tensors of a primary", Allowed("primary", e => e.Primary is not null));
            if (Side(pair.Peer)?.Peer is null)
                throw new MixtureFileException(path, $"{where}, but '{pair.Peer}' has no tensors of a peer", Allowed("peer", e => e.Peer is not null));
        }

        MixtureExpert? Side(string id) => layers.Experts.FirstOrDefault(expert => expert.Id == id);

        string Allowed(string side, Func<MixtureExpert, bool> has) =>
            $"those trained as a {side} are: {string.Join(", ", layers.Experts.Where(has).Select(e => e.Id).DefaultIfEmpty("nobody"))}";
    }
}
