namespace Orchestrator.Experts.Loading;

/// <summary>A request that wants an expert's model.</summary>
sealed class Waiter(ExpertSlot slot)
{
    public ExpertSlot Slot { get; } = slot;

    public TaskCompletionSource<ModelLease> Lease { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What the residency loop is told.</summary>
abstract record ResidencyMessage
{
    public sealed record Arrived(Waiter Waiter) : ResidencyMessage;

    /// <summary>The client is gone; its waiter may have been served in the meantime.</summary>
    public sealed record Left(Waiter Waiter, CancellationToken Cause) : ResidencyMessage;

    public sealed record Released(ExpertSlot Slot, TaskCompletionSource Counted) : ResidencyMessage;

    /// <summary>The model failed in a way that later requests would meet too.</summary>
    public sealed record Broken(ExpertSlot Slot, IResidentModel Model) : ResidencyMessage;

    /// <summary>A load ended: with a model, or with the reason why not.</summary>
    public sealed record LoadEnded(ExpertSlot Slot, IResidentModel? Model, Exception? Error) : ResidencyMessage;

    public sealed record UnloadEnded(ExpertSlot Slot) : ResidencyMessage;

    public sealed record Stop : ResidencyMessage;
}
