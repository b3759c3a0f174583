using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Scheduling;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Experts.Local;

/// <summary>An expert that embeds in this process, on a model that is loaded when needed.</summary>
/// <param name="place">Its slot and queue; null when the expert is quarantined.</param>
sealed class LocalEmbeddingExpert(CatalogEntry entry, string space, SchedulerExpert? place, SchedulerLoop scheduler) : IEmbeddingExpert
{
    public string Id => entry.Config.Id;

    public string Space => space;

    public bool QueriesOnly => entry.Config.QueriesFor is not null;

    public async Task<EmbeddedTexts> EmbedAsync(EmbeddingCall request, CancellationToken cancellationToken = default)
    {
        var prefixed = EmbeddingTexts.Prefixed(entry.Config, request);
        if (place is null)
            throw new ExpertException(ExpertFailure.Quarantined, Id, $"the expert '{Id}' is out of service: {entry.Refusal}");
        await using var lease = await scheduler.AcquireAsync(place.Exact, request.Class, cancellationToken);
        try
        {
            var embedded = await lease.Model.EmbedAsync(prefixed, cancellationToken);
            lease.ReportAnswered();
            return embedded;
        }
        catch (GenerationException e)
        {
            if (e.EndsTheModel())
                lease.ReportBroken();
            throw e.Of(Id);
        }
    }
}
