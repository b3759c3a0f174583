using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Trial;

namespace Orchestrator.Experts.Catalog;

/// <summary>Finds out which configured experts can be used: by their headers, then by a trial of what those allow.</summary>
static partial class ExpertCatalog
{
    /// <summary>One entry for each expert, in the configuration's order. A bad file never throws; it is refused.</summary>
    public static async Task<IReadOnlyList<CatalogEntry>> InspectAsync(
        IReadOnlyList<ExpertConfig> experts, IModelTrial trial, ILogger logger, CancellationToken cancellationToken)
    {
        var entries = experts.Select(Inspect).ToArray();
        var candidates = entries.Where(e => e.Refusal is null).Select(Candidate).Distinct().ToArray();
        var verdicts = candidates.Length == 0 ? [] : await trial.TryAsync(candidates, cancellationToken);
        var refusals = candidates.Zip(verdicts).ToDictionary(p => p.First, p => p.Second.Refusal);

        for (var i = 0; i < entries.Length; i++)
        {
            var config = entries[i].Config;
            if (refusals.GetValueOrDefault(Candidate(entries[i])) is { } refusal)
                entries[i] = new CatalogEntry(config, entries[i].Facts, entries[i].EstimatedBytes, CatalogEntry.WithoutFolder(config, refusal));
            if (entries[i].Refusal is { } reason)
                LogQuarantined(logger, config.Id, config.File, reason);
        }

        return entries;
    }

    static TrialCandidate Candidate(CatalogEntry entry) => new(entry.Config.File, entry.Config.ChatTemplate);

    static CatalogEntry Inspect(ExpertConfig config)
    {
        // Taken first: what changes while it is read or tried is then seen as changed.
        var stamp = FileStamp.Of(config.File);
        try
        {
            var header = GgufReader.Read(config.File);
            return new CatalogEntry(config, GgufFacts.From(header), MemoryEstimate.Bytes(header, config), GgufRules.Refusal(header))
            {
                Stamp = stamp,
            };
        }
        catch (GgufException e)
        {
            return new CatalogEntry(config, null, 0, CatalogEntry.WithoutFolder(config, e.Message));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expert {Expert} is quarantined: {Reason} ({File})")]
    static partial void LogQuarantined(ILogger logger, string expert, string file, string reason);
}
