using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Loading;

/// <summary>
/// Owns which experts are on the device. One loop writes this state; what to do is decided by
/// <see cref="ResidencyPlanner"/>, and done by <see cref="ResidencyEffects"/>, whose results come back as messages.
/// </summary>
sealed partial class ResidencyLoop : IAsyncDisposable
{
    readonly long _budget;
    readonly IReadOnlyList<ExpertSlot> _slots;
    readonly ILogger _logger;
    readonly ResidencyEffects _effects;
    readonly Channel<ResidencyMessage> _mailbox =
        Channel.CreateUnbounded<ResidencyMessage>(new UnboundedChannelOptions { SingleReader = true });
    readonly List<Waiter> _waiting = [];

    /// <summary>Replies are held back until the new state is published: who gets one can see its cause.</summary>
    readonly List<Action> _replies = [];
    readonly Task _running;
    IReadOnlySet<int> _draining = new HashSet<int>();
    long _requests;
    bool _stopping;

    public ResidencyLoop(
        long budget, IReadOnlyList<ExpertSlot> slots, IModelLoader loader, TimeProvider time, ILogger logger)
    {
        _budget = budget;
        _slots = slots;
        _logger = logger;
        _effects = new ResidencyEffects(loader, time, logger, message => _mailbox.Writer.TryWrite(message));
        Published = Snapshots();
        _running = Task.Run(RunAsync);
    }

    /// <summary>One snapshot a slot, as of the last handled message.</summary>
    public IReadOnlyList<ExpertSnapshot> Published { get; private set => Volatile.Write(ref field, value); }

    /// <summary>Waits until the expert is loaded. Cancelling leaves the queue; a load that began for it goes on.</summary>
    /// <exception cref="ExpertException">It cannot be loaded, can never fit, or the pool is stopping.</exception>
    public async Task<ModelLease> AcquireAsync(ExpertSlot slot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(slot);
        if (!_mailbox.Writer.TryWrite(new ResidencyMessage.Arrived(waiter)))
            throw Stopped(slot);
        await using var left = cancellationToken.UnsafeRegister(
            _ => _mailbox.Writer.TryWrite(new ResidencyMessage.Left(waiter, cancellationToken)), null);
        return await waiter.Lease.Task;
    }

    /// <summary>Fails what waits, ends what runs and unloads every model.</summary>
    public async ValueTask DisposeAsync()
    {
        _mailbox.Writer.TryWrite(new ResidencyMessage.Stop());
        await _running;
        _effects.Dispose();
    }

    async Task RunAsync()
    {
        try
        {
            await foreach (var message in _mailbox.Reader.ReadAllAsync())
            {
                Apply(message);
                if (!_stopping)
                    Carry(ResidencyPlanner.Decide(_budget, [.. _slots.Select(s => s.View)], [.. _waiting.Select(w => w.Slot.Index)]));
                Published = Snapshots();
                _replies.ForEach(reply => reply());
                _replies.Clear();
                if (_stopping && _slots.All(s => s.Phase == SlotPhase.Cold))
                    _mailbox.Writer.TryComplete();
            }
        }
        catch (Exception bug)
        {
            LogBroken(_logger, bug);
            _mailbox.Writer.TryComplete();
            ReplyToAll();
        }
    }

    /// <summary>Whatever happens, nobody waits for ever.</summary>
    void ReplyToAll()
    {
        _replies.ForEach(reply => reply());
        FailAll();
        while (_mailbox.Reader.TryRead(out var message))
        {
            if (message is ResidencyMessage.Arrived { Waiter: var waiter })
                waiter.Lease.TrySetException(Stopped(waiter.Slot));
            else if (message is ResidencyMessage.Released { Counted: var counted })
                counted.TrySetResult();
        }
    }

    void Apply(ResidencyMessage message)
    {
        switch (message)
        {
            case ResidencyMessage.Arrived { Waiter: var waiter } when _stopping:
                _replies.Add(() => waiter.Lease.TrySetException(Stopped(waiter.Slot)));
                break;
            case ResidencyMessage.Arrived { Waiter: var waiter }:
                _waiting.Add(waiter);
                break;
            case ResidencyMessage.Left { Waiter: var waiter, Cause: var cause } when _waiting.Remove(waiter):
                _replies.Add(() => waiter.Lease.TrySetCanceled(cause));
                break;
            case ResidencyMessage.Released { Slot: var slot, Counted: var counted }:
                slot.Active--;
                _replies.Add(() => counted.TrySetResult());
                break;
            // Another request may have reported it before, and another model may have taken its place.
            case ResidencyMessage.Broken { Slot: var slot, Model: var model }:
                slot.Broken |= ReferenceEquals(slot.Model, model);
                break;
            case ResidencyMessage.LoadEnded { Slot: var slot, Model: { } model }:
                Loaded(slot, model);
                break;
            case ResidencyMessage.LoadEnded { Slot: var slot, Error: var error }:
                slot.Phase = SlotPhase.Cold;
                FailWaiters(slot, error!);
                break;
            case ResidencyMessage.UnloadEnded { Slot: var slot }:
                slot.Phase = SlotPhase.Cold;
                break;
            case ResidencyMessage.Stop:
                _stopping = true;
                _effects.CancelLoads();
                FailAll();
                foreach (var slot in _slots.Where(s => s.Phase == SlotPhase.Resident))
                    Unload(slot);
                break;
        }
    }

    void Loaded(ExpertSlot slot, IResidentModel model)
    {
        slot.Phase = SlotPhase.Resident;
        slot.Fresh = true;
        slot.Model = model;
        slot.Bytes = model.ResidentBytes;
        slot.LastUsed = ++_requests;
        if (_stopping)
            Unload(slot);
    }

    void Carry(ResidencyPlan plan)
    {
        _draining = plan.Draining;
        foreach (var waiter in plan.TooLarge.Select(w => _waiting[w]))
        {
            var message = $"the expert '{waiter.Slot.Id}' needs {Quantities.Bytes(waiter.Slot.Bytes)}, "
                + $"more than the whole memory budget of {Quantities.Bytes(_budget)}; a smaller context or max_sequences needs less";
            _replies.Add(() => waiter.Lease.TrySetException(new ExpertException(ExpertFailure.TooLargeForBudget, waiter.Slot.Id, message)));
        }

        foreach (var waiter in plan.Grants.Select(w => _waiting[w]))
            Grant(waiter);
        foreach (var served in plan.Grants.Concat(plan.TooLarge).OrderDescending())
            _waiting.RemoveAt(served);
        foreach (var slot in plan.Unloads.Select(s => _slots[s]))
            Unload(slot);
        foreach (var slot in plan.Loads.Select(s => _slots[s]))
        {
            slot.Phase = SlotPhase.Loading;
            _effects.Load(slot);
        }
    }

    void Grant(Waiter waiter)
    {
        var slot = waiter.Slot;
        slot.Active++;
        slot.Fresh = false;
        slot.LastUsed = ++_requests;
        var model = slot.Model!;
        var lease = new ModelLease(
            model, () => _mailbox.Writer.TryWrite(new ResidencyMessage.Broken(slot, model)), () => ReleaseAsync(slot));
        _replies.Add(() => waiter.Lease.TrySetResult(lease));
    }

    /// <summary>After the loop has ended there is nothing left to count.</summary>
    Task ReleaseAsync(ExpertSlot slot)
    {
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _mailbox.Writer.TryWrite(new ResidencyMessage.Released(slot, counted)) ? counted.Task : Task.CompletedTask;
    }

    void Unload(ExpertSlot slot)
    {
        var model = slot.Model!;
        slot.Phase = SlotPhase.Unloading;
        slot.Model = null;
        slot.Broken = false;
        _effects.Unload(slot, model);
    }

    void FailWaiters(ExpertSlot slot, Exception cause)
    {
        var message = $"the expert '{slot.Id}' could not be loaded: {CatalogEntry.WithoutFolder(slot.Entry.Config, cause.Message)}";
        foreach (var waiter in _waiting.Where(w => w.Slot == slot))
            _replies.Add(() => waiter.Lease.TrySetException(new ExpertException(ExpertFailure.LoadFailed, slot.Id, message, cause)));
        _waiting.RemoveAll(w => w.Slot == slot);
    }

    void FailAll()
    {
        foreach (var waiter in _waiting)
            waiter.Lease.TrySetException(Stopped(waiter.Slot));
        _waiting.Clear();
    }

    IReadOnlyList<ExpertSnapshot> Snapshots() => [.. _slots.Select(Snapshot)];

    ExpertSnapshot Snapshot(ExpertSlot slot) => slot.Entry.Snapshot with
    {
        Residency = slot.Phase switch
        {
            SlotPhase.Cold => Residency.Cold,
            SlotPhase.Loading => Residency.Loading,
            SlotPhase.Resident when !_draining.Contains(slot.Index) => Residency.Resident,
            _ => Residency.Draining,
        },
        ResidentBytes = slot.Phase is SlotPhase.Resident or SlotPhase.Unloading ? slot.Bytes : 0,
        FitsBudget = slot.Bytes <= _budget,
        ActiveRequests = slot.Active,
    };

    static ExpertException Stopped(ExpertSlot slot) =>
        new(ExpertFailure.Unavailable, slot.Id, $"the expert '{slot.Id}' is not available: the service is stopping");

    [LoggerMessage(Level = LogLevel.Critical, Message = "The residency loop ended by a bug; no expert can be loaded any more")]
    static partial void LogBroken(ILogger logger, Exception exception);
}
