namespace Orchestrator.Experts.Scheduling;

/// <summary>The requests that wait for the same slots: those of one expert, apart by whether a variant may answer.</summary>
/// <param name="slots">Any of them may answer; the preferred first.</param>
sealed class RequestGroup(int index, IReadOnlyList<ExpertSlot> slots)
{
    readonly ClassQueue _interactive = new();
    readonly ClassQueue _batch = new();

    public int Index { get; set; } = index;

    public IReadOnlyList<ExpertSlot> Slots { get; } = slots;

    /// <summary>Who serves in its place since its expert was replaced; null before, and when the expert is gone for good.</summary>
    public RequestGroup? Successor { get; set; }

    /// <summary>The group that serves now: itself, or the last of its successors.</summary>
    public RequestGroup Current
    {
        get
        {
            var group = this;
            while (group.Successor is { } next)
                group = next;
            return group;
        }
    }

    public string Expert => Slots[0].Id;

    public int Count => _interactive.Count + _batch.Count;

    public ClassQueue Of(RequestClass requestClass) => requestClass == RequestClass.Interactive ? _interactive : _batch;

    public IEnumerable<Waiter> Waiters => _interactive.All.Concat(_batch.All);

    public void Add(Waiter waiter) => Of(waiter.Class).Add(waiter);

    public void Remove(Waiter waiter) => Of(waiter.Class).Remove(waiter);
}

/// <summary>Waiters of one class in order of arrival, with what a decision needs to know of them at constant cost.</summary>
sealed class ClassQueue
{
    readonly LinkedList<Waiter> _waiters = new();

    /// <summary>Sum of the arrival times, in seconds: gives the sum of all ages without visiting anyone.</summary>
    double _arrivals;

    public int Count => _waiters.Count;

    public IEnumerable<Waiter> All => _waiters;

    public Waiter? First => _waiters.First?.Value;

    public void Add(Waiter waiter)
    {
        waiter.Place = _waiters.AddLast(waiter);
        _arrivals += waiter.Arrived.TotalSeconds;
    }

    public void Remove(Waiter waiter)
    {
        _waiters.Remove(waiter.Place!);
        waiter.Place = null;
        // An empty queue forgets the rounding errors of millions of additions.
        _arrivals = _waiters.Count == 0 ? 0 : _arrivals - waiter.Arrived.TotalSeconds;
    }

    public QueueView At(TimeSpan now) =>
        new(Count, First?.Arrived ?? TimeSpan.MaxValue, Math.Max(0, Count * now.TotalSeconds - _arrivals));
}

/// <param name="Oldest">When the first arrived; never (the largest time) when none waits.</param>
/// <param name="AgeSeconds">Sum of the ages of all.</param>
readonly record struct QueueView(int Count, TimeSpan Oldest, double AgeSeconds);
