using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>
/// Bytes that the thoughts of all requests may take together. Who finds no room waits in the order of the experts' scheduler:
/// batch work that is overdue, then interactive requests, then batch work; first come, first served inside each, so that a
/// large request is not passed by small ones for ever. Safe for concurrent use.
/// </summary>
/// <param name="time">Null is the system's.</param>
public sealed class ThoughtBudget(long bytes, TimeProvider? time = null)
{
    readonly TimeProvider _time = time ?? TimeProvider.System;
    readonly Lock _turn = new();
    readonly LinkedList<Waiting> _interactive = new();
    readonly LinkedList<Waiting> _batch = new();
    long _bytes = bytes;
    long _taken;

    /// <summary>How long batch work gives way to interactive requests.</summary>
    public TimeSpan BatchMaxWait { get; init; } = new SchedulerConfig().BatchMaxWait;

    public long Bytes
    {
        get
        {
            lock (_turn)
                return _bytes;
        }
    }

    /// <summary>What is taken now; above <see cref="Bytes"/> only after these became fewer, until enough is given back.</summary>
    public long Taken
    {
        get
        {
            lock (_turn)
                return _taken;
        }
    }

    /// <returns>Gives them back when it is disposed; null where they are more than all there are, now or by the time of its turn.</returns>
    public async Task<ThoughtLease?> TakeAsync(long wanted, RequestClass requestClass, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        LinkedList<Waiting> queue = requestClass == RequestClass.Interactive ? _interactive : _batch;
        LinkedListNode<Waiting> place;
        lock (_turn)
        {
            place = queue.AddLast(new Waiting(wanted, _time.GetTimestamp()));
            Grant();
        }
        using CancellationTokenRegistration left = cancellationToken.UnsafeRegister(_ => Leave(queue, place, cancellationToken), null);
        return await place.Value.Granted.Task ? new ThoughtLease(this, wanted) : null;
    }

    /// <summary>From now on there are so many; what is taken stays.</summary>
    public void Resize(long bytes)
    {
        lock (_turn)
        {
            _bytes = bytes;
            Grant();
        }
    }

    internal void Return(long given)
    {
        lock (_turn)
        {
            _taken -= given;
            Grant();
        }
    }

    /// <summary>A request that was granted in the meantime keeps what it has, and is told of its end elsewhere.</summary>
    void Leave(LinkedList<Waiting> queue, LinkedListNode<Waiting> place, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            if (place.List is null)
                return;
            queue.Remove(place);
            place.Value.Granted.SetCanceled(cancellationToken);
            Grant();
        }
    }

    void Grant()
    {
        while (Next() is { } queue && queue.First!.Value is var first && (first.Bytes > _bytes || first.Bytes <= _bytes - _taken))
        {
            bool fits = first.Bytes <= _bytes;
            _taken += fits ? first.Bytes : 0;
            queue.RemoveFirst();
            first.Granted.SetResult(fits);
        }
    }

    LinkedList<Waiting>? Next() =>
        _batch.First is { } batch && (_interactive.Count == 0 || _time.GetElapsedTime(batch.Value.Since) >= BatchMaxWait) ? _batch
        : _interactive.Count > 0 ? _interactive
        : null;

    /// <param name="Since">A timestamp of the time provider.</param>
    sealed record Waiting(long Bytes, long Since)
    {
        /// <summary>False where it can never have them.</summary>
        public TaskCompletionSource<bool> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
