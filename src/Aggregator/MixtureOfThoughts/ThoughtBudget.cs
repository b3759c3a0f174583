namespace Orchestrator.Aggregator.MixtureOfThoughts;

/// <summary>
/// Bytes that the keys and values of all requests may take together. Who finds no room waits, first come, first served, so
/// that a large request is not passed by small ones for ever. Safe for concurrent use.
/// </summary>
public sealed class ThoughtBudget(long bytes)
{
    readonly Lock _turn = new();
    readonly LinkedList<(long Bytes, TaskCompletionSource Granted)> _waiting = new();
    long _free = bytes;

    public long Bytes { get; } = bytes;

    /// <summary>What is taken now.</summary>
    public long Taken
    {
        get
        {
            lock (_turn)
                return Bytes - _free;
        }
    }

    /// <param name="wanted">At most <see cref="Bytes"/>.</param>
    /// <returns>Gives them back when it is disposed.</returns>
    public async Task<ThoughtLease> TakeAsync(long wanted, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, Bytes);
        var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<(long, TaskCompletionSource)> place;
        lock (_turn)
        {
            place = _waiting.AddLast((wanted, granted));
            Grant();
        }
        using CancellationTokenRegistration left = cancellationToken.UnsafeRegister(_ => Leave(place, cancellationToken), null);
        await granted.Task;
        return new ThoughtLease(this, wanted);
    }

    internal void Return(long given)
    {
        lock (_turn)
        {
            _free += given;
            Grant();
        }
    }

    /// <summary>A request that was granted in the meantime keeps what it has, and is told of its end elsewhere.</summary>
    void Leave(LinkedListNode<(long Bytes, TaskCompletionSource Granted)> place, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            if (place.List is null)
                return;
            _waiting.Remove(place);
            place.Value.Granted.SetCanceled(cancellationToken);
            Grant();
        }
    }

    void Grant()
    {
        while (_waiting.First is { } first && first.Value.Bytes <= _free)
        {
            _free -= first.Value.Bytes;
            _waiting.RemoveFirst();
            first.Value.Granted.SetResult();
        }
    }
}

/// <summary>Bytes that one request has.</summary>
public sealed class ThoughtLease(ThoughtBudget budget, long bytes) : IAsyncDisposable
{
    long _bytes = bytes;

    /// <summary>Gives back what turned out not to be needed.</summary>
    public void Shrink(long needed)
    {
        // What an estimate was too low for stays uncharged.
        long kept = Math.Min(needed, Interlocked.Read(ref _bytes));
        budget.Return(Interlocked.Exchange(ref _bytes, kept) - kept);
    }

    public ValueTask DisposeAsync()
    {
        budget.Return(Interlocked.Exchange(ref _bytes, 0));
        return ValueTask.CompletedTask;
    }
}
