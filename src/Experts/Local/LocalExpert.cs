using System.Runtime.CompilerServices;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Scheduling;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Local;

/// <summary>An expert that runs in this process, on a model that is loaded when needed.</summary>
/// <param name="place">Its slots and queues; null when the expert is quarantined.</param>
sealed class LocalExpert(CatalogEntry entry, SchedulerExpert? place, SchedulerLoop scheduler) : IExpert
{
    public string Id => entry.Config.Id;

    /// <summary>Returns once the model is resident; what follows may evict it.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (entry.Config.Remote is not null)
            return;
        var lease = await scheduler.AcquireAsync(Usable().Exact, RequestClass.Interactive, cancellationToken);
        await lease.DisposeAsync();
    }

    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        ExpertCall request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var usable = Answering();
        var completed = request.Request with { MaxTokens = request.Request.MaxTokens ?? entry.Config.MaxTokens };
        var asked = scheduler.Now;
        await using var lease = await scheduler.AcquireAsync(
            request.AllowVariant ? usable.Tolerant : usable.Exact, request.Class, request.ResidentOnly, cancellationToken);
        request.Trace.Variant = lease.Variant;
        request.Trace.Waited = scheduler.Now - asked;
        await using var chunks = lease.Model.GenerateAsync(completed, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(chunks, lease))
            yield return chunks.Current;
        // One token says nothing of how long answers take.
        if (completed.MaxTokens > 1)
            lease.ReportAnswered();
    }

    SchedulerExpert Answering() => entry.Config.Purpose != ExpertPurpose.Embed
        ? Usable()
        : throw new ExpertException(
            ExpertFailure.InvalidRequest, Id, $"the expert '{Id}' embeds texts and answers nothing; ask it through /v1/embeddings");

    SchedulerExpert Usable() => place
        ?? throw new ExpertException(ExpertFailure.Quarantined, Id, $"the expert '{Id}' is out of service: {entry.Refusal}");

    async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<GenerationChunk> chunks, ModelLease lease)
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (GenerationException e)
        {
            if (e.EndsTheModel())
                lease.ReportBroken();
            throw e.Of(Id);
        }
    }
}
