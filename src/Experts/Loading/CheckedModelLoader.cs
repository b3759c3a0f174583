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
    /// <summary>By expert. Loads of one expert never overlap, those of several do.</summary>
    readonly ConcurrentDictionary<string, FileStamp?> _checked =
        new(entries.Select(e => KeyValuePair.Create(e.Config.Id, e.Stamp)), StringComparer.Ordinal);

    /// <exception cref="ModelLoadException">The file has changed and is refused, or goes on changing.</exception>
    public async Task<IResidentModel> LoadAsync(ExpertConfig expert, CancellationToken cancellationToken)
    {
        if (FileStamp.Of(expert.File) is not { } stamp)
            throw new ModelLoadException(expert.File, $"the file '{expert.File}' does not exist any more");
        if (stamp != _checked[expert.Id])
        {
            if (await RefusalAsync(expert, cancellationToken) is { } reason)
                throw new ModelLoadException(expert.File, $"the file '{expert.File}' has changed and is refused: {reason}");
            if (stamp != FileStamp.Of(expert.File))
                throw new ModelLoadException(expert.File, $"the file '{expert.File}' is still being changed");
            _checked[expert.Id] = stamp;
        }

        return await loader.LoadAsync(expert, cancellationToken);
    }

    async Task<string?> RefusalAsync(ExpertConfig expert, CancellationToken cancellationToken)
    {
        if (GgufFile.Refusal(expert.File) is { } broken)
            return broken;
        var verdicts = await trial.TryAsync([new TrialCandidate(expert.File, expert.ChatTemplate)], cancellationToken);
        return verdicts[0].Refusal;
    }
}
