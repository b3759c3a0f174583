namespace Orchestrator.LlamaCpp;

/// <summary>
/// The threads that all loops of the process share. A loop leases what it needs for one step; leases are granted in the
/// order they were asked for, so a loop that wants many threads is not overtaken for ever by those that want one.
/// </summary>
public sealed class ThreadBudget
{
    readonly Lock _lock = new();
    readonly Queue<Waiter> _waiters = new();
    int _free;

    internal ThreadBudget(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        Limit = limit;
        _free = limit;
    }

    /// <summary>Threads that may compute at one moment.</summary>
    public int Limit { get; }

    /// <summary>Threads leased now.</summary>
    public int InUse
    {
        get
        {
            lock (_lock)
                return Limit - _free;
        }
    }

    /// <summary>Loops that wait for their turn.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
                return _waiters.Count;
        }
    }

    /// <summary>Blocks the calling loop until its turn; more than the limit is cut to the limit.</summary>
    internal Lease Acquire(int threads)
    {
        threads = Math.Clamp(threads, 1, Limit);
        Waiter waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0 && _free >= threads)
            {
                _free -= threads;
                return new Lease(this, threads);
            }
            waiter = new Waiter(threads);
            _waiters.Enqueue(waiter);
        }
        waiter.Granted.Wait();
        waiter.Granted.Dispose();
        return new Lease(this, threads);
    }

    void Return(int threads)
    {
        lock (_lock)
        {
            _free += threads;
            while (_waiters.TryPeek(out var next) && next.Threads <= _free)
            {
                _free -= next.Threads;
                _waiters.Dequeue().Granted.Release();
            }
        }
    }

    /// <summary>May be disposed twice and from any thread: by its loop, and by who gives up a loop that hangs.</summary>
    internal sealed class Lease(ThreadBudget budget, int threads) : IDisposable
    {
        int _returned;

        /// <summary>Threads actually granted.</summary>
        public int Threads => threads;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
                budget.Return(threads);
        }
    }

    sealed class Waiter(int threads)
    {
        public int Threads { get; } = threads;

        public SemaphoreSlim Granted { get; } = new(0, 1);
    }
}
