using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Aggregator.MixtureOfThoughts.Verification;

/// <summary>Looks at the files of the experts that trained layers name.</summary>
public sealed class MixtureVerifier(FileHashes hashes)
{
    /// <summary>
    /// Reads each named expert's whole file the first time. An expert that may not be tapped, or whose file cannot be read, counts as
    /// missing.
    /// </summary>
    public MixtureVerdict Verify(MixtureLayers layers, OrchestratorConfig config)
    {
        var served = new Dictionary<string, ServedExpert>(StringComparer.Ordinal);
        var absent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ExpertConfig expert in config.Experts.Where(expert => layers.Experts.Any(named => named.Id == expert.Id)))
        {
            if (!expert.LatentTap)
                absent[expert.Id] = $"needs latent_tap: true ({config.Path}, line {expert.Line})";
            else if (Look(expert, out string? fault) is { } found)
                served[expert.Id] = found;
            else
                absent[expert.Id] = $"has no file that can be read ({expert.File}: {fault})";
        }

        return MixtureFit.Judge(layers, served, absent);
    }

    /// <summary>
    /// Tells of an expert's id whether it fits, now: a file that was written since it was verified has other weights, as far as
    /// anybody knows.
    /// </summary>
    /// <param name="verified">Ids of those whose files were.</param>
    public static Predicate<string> Unchanged(IEnumerable<ExpertConfig> experts, IReadOnlySet<string> verified)
    {
        var files = experts.Where(expert => verified.Contains(expert.Id))
            .ToDictionary(expert => expert.Id, expert => (expert.File, Stamp: FileStamp.Of(expert.File)), StringComparer.Ordinal);
        return id => files.TryGetValue(id, out var known) && FileStamp.Of(known.File) == known.Stamp;
    }

    /// <param name="fault">Why there is none.</param>
    ServedExpert? Look(ExpertConfig config, out string? fault)
    {
        fault = "it is gone";
        try
        {
            GgufHeader header = GgufReader.Read(config.File);
            (int width, int blocks) = (Size(header, "embedding_length"), Size(header, "block_count"));
            return hashes.Sha256(config.File) is { } hash
                ? new ServedExpert(config.Id, width, blocks, hash, Adapted: config.Adapter is not null)
                : null;
        }
        catch (Exception e) when (e is GgufException or IOException or UnauthorizedAccessException)
        {
            // The catalog quarantines such an expert.
            fault = e.Message;
            return null;
        }
    }

    static int Size(GgufHeader header, string key) => (int)Math.Clamp(header.Integer(header.Own(key)) ?? 0, 0, int.MaxValue);
}
