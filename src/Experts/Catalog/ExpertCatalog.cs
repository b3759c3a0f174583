using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
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
        IReadOnlyList<ExpertConfig> experts, IReadOnlyList<CatalogEntry> known, IModelTrial trial, ILogger logger,
        CancellationToken cancellationToken)
    {
        var tried = known.SelectMany(e => e.Variants.Append(e)).Where(e => e.Refusal is null)
            .Select(e => (Candidate(e.Config), e.Stamps)).ToHashSet();
        var entries = experts.Select(Inspect).ToArray();
        var candidates = entries.SelectMany(e => e.Variants.Append(e))
            .Where(e => e.Refusal is null && !tried.Contains((Candidate(e.Config), e.Stamps)))
            .Select(e => Candidate(e.Config)).Distinct().ToArray();
        var verdicts = candidates.Length == 0 ? [] : await trial.TryAsync(candidates, cancellationToken);
        var refusals = candidates.Zip(verdicts).ToDictionary(p => p.First, p => p.Second.Refusal);
        return [.. entries.Select(e => Judge(e with { Variants = [.. e.Variants.Select(v => Judge(v, refusals, logger))] }, refusals, logger))];
    }

    public static TrialCandidate Candidate(ExpertConfig config) => new(config.File, config.ChatTemplate, config.Adapter);

    static CatalogEntry Judge(CatalogEntry entry, Dictionary<TrialCandidate, string?> refusals, ILogger logger)
    {
        var config = entry.Config;
        if (entry.Refusal is null && refusals.GetValueOrDefault(Candidate(config)) is { } refusal)
        {
            entry = new CatalogEntry(config, entry.Facts, entry.EstimatedBytes, CatalogEntry.WithoutFolder(config, refusal))
            {
                Variant = entry.Variant,
                Stamps = entry.Stamps,
                Variants = entry.Variants,
            };
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
