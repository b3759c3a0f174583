using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Trial;

namespace Orchestrator.Experts.Catalog;

/// <summary>Finds out which configured files can be used: by their headers, then by a trial of what those allow.</summary>
static partial class ExpertCatalog
{
    /// <summary>
    /// One entry for each expert, in the configuration's order, with its variants inside. A bad file never throws; it is
    /// refused.
    /// </summary>
    /// <param name="known">Entries of an earlier inspection: files that are still the same are not tried again.</param>
    public static async Task<IReadOnlyList<CatalogEntry>> InspectAsync(
        IReadOnlyList<ExpertConfig> experts, IReadOnlyList<CatalogEntry> known, IModelTrial trial, FileHashes hashes, ILogger logger,
        CancellationToken cancellationToken)
    {
        var tried = known.SelectMany(e => e.Variants.Append(e)).Where(e => e.Refusal is null)
            .GroupBy(e => (Candidate(e.Config), e.Stamps))
            .ToDictionary(g => g.Key, g => new TrialVerdict(null, new TrialMemory(g.First().EstimatedBytes.Weights, g.First().EstimatedBytes.Own)));
        var entries = experts.Select(Inspect).ToArray();
        var candidates = entries.SelectMany(e => e.Variants.Append(e))
            .Where(e => e.Refusal is null && e.Config.Remote is null && !tried.ContainsKey((Candidate(e.Config), e.Stamps)))
            .Select(e => Candidate(e.Config)).Distinct().ToArray();
        var found = candidates.Length == 0 ? [] : await trial.TryAsync(candidates, cancellationToken);
        var verdicts = candidates.Zip(found).ToDictionary(p => p.First, p => p.Second);
        return [.. entries.Select(e => Judged(e) with { Variants = [.. e.Variants.Select(Judged)], Space = SpaceOf(e.Config) })];

        string? SpaceOf(ExpertConfig config) => config.Purpose == ExpertPurpose.Embed
            ? SpaceName.Of(experts.FirstOrDefault(other => other.Id == config.QueriesFor) ?? config, hashes)
            : null;

        CatalogEntry Judged(CatalogEntry entry)
        {
            if (entry.Config.Remote is not null)
                return entry;
            var candidate = Candidate(entry.Config);
            var verdict = tried.TryGetValue((candidate, entry.Stamps), out var earlier) ? earlier : verdicts.GetValueOrDefault(candidate);
            return Judge(entry, verdict, logger);
        }
    }

    public static TrialCandidate Candidate(ExpertConfig config) => new(
        config.File, config.ChatTemplate, config.Adapter, config.Context, config.MaxSequences, config.GpuLayers ?? 0, config.LatentTap,
        config.Purpose == ExpertPurpose.Embed ? config.Pooling : null);

    static CatalogEntry Judge(CatalogEntry entry, TrialVerdict verdict, ILogger logger)
    {
        var config = entry.Config;
        if (entry.Refusal is null)
        {
            var refusal = verdict.Refusal is { } text ? CatalogEntry.WithoutFolder(config, text) : null;
            var bytes = verdict.Memory is { } memory ? new MemoryEstimate(memory.WeightBytes, memory.OwnBytes) : entry.EstimatedBytes;
            entry = new CatalogEntry(config, entry.Facts, bytes, refusal) { Variant = entry.Variant, Stamps = entry.Stamps };
        }

        if (entry.Refusal is { } reason)
            LogQuarantined(logger, config.Id, entry.Variant ?? "its own file", config.File, reason);
        return entry;
    }

    static CatalogEntry Inspect(ExpertConfig config) => InspectFile(config) with
    {
        Variants = [.. config.Variants.Select(v => InspectFile(config with { File = v.File }) with { Variant = v.Name })],
    };

    static CatalogEntry InspectFile(ExpertConfig config)
    {
        if (config.Remote is not null)
            return new CatalogEntry(config, null, default, null);
        // Taken first: what changes while it is read or tried is then seen as changed.
        var stamps = FileStamps.Of(config);
        try
        {
            var header = GgufReader.Read(config.File);
            var refusal = GgufRules.Refusal(header)
                ?? (config.Adapter is { } adapter ? GgufFile.AdapterRefusal(header, adapter) : null);
            return new CatalogEntry(config, GgufFacts.From(header), MemoryEstimate.Of(header, config), refusal) { Stamps = stamps };
        }
        catch (GgufException e)
        {
            return new CatalogEntry(config, null, default, CatalogEntry.WithoutFolder(config, e.Message)) { Stamps = stamps };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expert {Expert}, {What}, is quarantined: {Reason} ({File})")]
    static partial void LogQuarantined(ILogger logger, string expert, string what, string file, string reason);
}
