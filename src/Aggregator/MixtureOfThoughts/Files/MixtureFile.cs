using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Files;

/// <summary>Reads trained interaction layers from a GGUF. Nothing in it is trusted.</summary>
public static class MixtureFile
{
    public const string Architecture = "mixture-of-thoughts";

    /// <summary>The file's layout as it is read here.</summary>
    public const int Version = 2;

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
            Check(pair, pair.Primary, "primary", expert => expert.Primary is not null);
            Check(pair, pair.Peer, "peer", expert => expert.Peer is not null);
        }

        void Check(MixturePair pair, string id, string side, Func<MixtureExpert, bool> trained)
        {
            string[] able = [.. layers.Experts.Where(trained).Select(expert => expert.Id)];
            if (!able.Contains(id))
            {
                throw new MixtureFileException(
                    path,
                    $"mot.pairs names '{pair}', but '{id}' has no tensors of a {side}",
                    $"those trained as a {side} are: {string.Join(", ", able.DefaultIfEmpty("nobody"))}");
            }
        }
    }
}
