using System.Runtime.CompilerServices;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Loading;
using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Local;

/// <summary>An expert that runs in this process, on a model that is loaded when needed.</summary>
/// <param name="slot">Null when the expert is quarantined.</param>
sealed class LocalExpert(CatalogEntry entry, ExpertSlot? slot, ResidencyLoop residency) : IExpert
{
    public string Id => entry.Config.Id;

    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (slot is null)
            throw new ExpertException(ExpertFailure.Quarantined, Id, $"the expert '{Id}' is out of service: {entry.Refusal}");

        var completed = request with { MaxTokens = request.MaxTokens ?? entry.Config.MaxTokens };
        await using var lease = await residency.AcquireAsync(slot, cancellationToken);
        await using var chunks = lease.Model.GenerateAsync(completed, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(chunks, lease))
            yield return chunks.Current;
    }

    async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<GenerationChunk> chunks, ModelLease lease)
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (GenerationException e)
        {
            // Its loop has ended, or its cache is in an unknown state. When the service is stopping the model goes anyway.
            if (e.Failure is GenerationFailure.Closed or GenerationFailure.DecodeFailed)
                lease.ReportBroken();
            throw new ExpertException(Kind(e.Failure), Id, e.Message, e);
        }
    }

    static ExpertFailure Kind(GenerationFailure failure) => failure switch
    {
        GenerationFailure.PromptTooLong => ExpertFailure.PromptTooLong,
        GenerationFailure.InvalidRequest => ExpertFailure.InvalidRequest,
        GenerationFailure.QueueFull or GenerationFailure.Closed => ExpertFailure.Unavailable,
        GenerationFailure.BadLogits or GenerationFailure.DecodeFailed => ExpertFailure.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "a kind of failure that no one mapped"),
    };
}
