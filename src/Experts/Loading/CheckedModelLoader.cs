using System.Collections.Concurrent;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Trial;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Experts.Loading;

/// <summary>
/// Lets only a file be loaded that was checked as it is now: what replaced it after the start could end the process.
/// </summary>
sealed class CheckedModelLoader(IModelLoader loader, IModelTrial trial, IEnumerable<CatalogEntry> entries) : IModelLoader
{
    /// <summary>By expert and file. Loads of one slot never overlap, those of several do.</summary>
    readonly ConcurrentDictionary<(string Id, string File), FileStamps?> _checked = new(
        Accepted(entries).Select(e => KeyValuePair.Create((e.Config.Id, e.Config.File), e.Stamps)));

    /// <exception cref="ModelLoadException">
    /// The file has changed and is refused, or goes on changing; or it embeds, and its vectors would be taken for those of the
    /// file before it.
    /// </exception>
    public async Task<IResidentModel> LoadAsync(ExpertConfig expert, IProgress<float> progress, CancellationToken cancellationToken)
    {
        if (FileStamps.Of(expert) is not { } stamps)
            throw new ModelLoadException(expert.File, $"the file '{Missing(expert)}' does not exist any more");
        if (stamps != _checked.GetValueOrDefault((expert.Id, expert.File)))
        {
            if (expert.Purpose == ExpertPurpose.Embed)
                throw new ModelLoadException(expert.File, $"the file '{expert.File}' has changed, and with it the space of its vectors: reload the configuration");
            if (await RefusalAsync(expert, cancellationToken) is { } reason)
                throw new ModelLoadException(expert.File, $"the file '{expert.File}' has changed and is refused: {reason}");
            if (stamps != FileStamps.Of(expert))
                throw new ModelLoadException(expert.File, $"the file '{expert.File}' is still being changed");
            _checked[(expert.Id, expert.File)] = stamps;
        }

        return await loader.LoadAsync(expert, progress, cancellationToken);
    }

    /// <summary>Files as they were inspected for a new configuration.</summary>
    public void Expect(IEnumerable<CatalogEntry> entries)
    {
        foreach (var entry in Accepted(entries))
            _checked[(entry.Config.Id, entry.Config.File)] = entry.Stamps;
    }

    /// <summary>A refused file was never found good: what was known of the one before it stays, and no longer fits.</summary>
    static IEnumerable<CatalogEntry> Accepted(IEnumerable<CatalogEntry> entries) =>
        entries.SelectMany(e => e.Variants.Append(e)).Where(e => e.Refusal is null);

    static string Missing(ExpertConfig expert) => FileStamp.Of(expert.File) is null ? expert.File : expert.Adapter!;

    async Task<string?> RefusalAsync(ExpertConfig expert, CancellationToken cancellationToken)
    {
        if (GgufFile.Refusal(expert.File, expert.Adapter) is { } broken)
            return broken;
        var verdicts = await trial.TryAsync([ExpertCatalog.Candidate(expert)], cancellationToken);
        return verdicts[0].Refusal;
    }
}
