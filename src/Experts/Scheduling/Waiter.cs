using Orchestrator.Experts.Loading;

namespace Orchestrator.Experts.Scheduling;

/// <summary>A request that wants an expert's model.</summary>
sealed class Waiter(RequestGroup group, RequestClass requestClass, TimeSpan arrived)
{
    public RequestGroup Group { get; set; } = group;

    public RequestClass Class { get; } = requestClass;

    /// <summary>Gets a model that is ready in the step in which it arrives, or is refused.</summary>
    public bool ResidentOnly { get; init; }

    /// <summary>On the scheduler's clock.</summary>
    public TimeSpan Arrived { get; } = arrived;

    /// <summary>Its place in the queue; null when it is not queued.</summary>
    public LinkedListNode<Waiter>? Place { get; set; }

    public TaskCompletionSource<ModelLease> Lease { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
