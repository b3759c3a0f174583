using System.Runtime.CompilerServices;
using Orchestrator.Experts.Catalog;
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
        var lease = await scheduler.AcquireAsync(Usable().Exact, RequestClass.Interactive, cancellationToken);
        await lease.DisposeAsync();
    }

    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        ExpertCall request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var usable = Usable();
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
            // Its loop has ended, or its cache is in an unknown state. When the service is stopping the model goes anyway.
            if (e.Failure is GenerationFailure.Closed or GenerationFailure.DecodeFailed or GenerationFailure.Stalled)
                lease.ReportBroken();
            throw new ExpertException(Kind(e.Failure), Id, e.Message, e);
        }
    }

    static ExpertFailure Kind(GenerationFailure failure) => failure switch
    {
        GenerationFailure.PromptTooLong => ExpertFailure.PromptTooLong,
        GenerationFailure.InvalidRequest => ExpertFailure.InvalidRequest,
        GenerationFailure.QueueFull or GenerationFailure.Closed or GenerationFailure.Stalled => ExpertFailure.Unavailable,
        GenerationFailure.BadLogits or GenerationFailure.DecodeFailed or GenerationFailure.TapFailed => ExpertFailure.Failed,
        GenerationFailure.NotTapped => ExpertFailure.Unheard,
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "a kind of failure that no one mapped"),
    };
}
