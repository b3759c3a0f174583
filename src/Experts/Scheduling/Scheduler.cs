using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>
/// The state of all queues and slots. Events go in, each with its time; <see cref="Step"/> decides and changes the state
/// accordingly. It has no clock, does no I/O and belongs to one thread: <see cref="SchedulerLoop"/>'s, or a test's.
/// </summary>
sealed class Scheduler(SchedulerConfig options, MemoryBudgets budgets)
{
    static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <summary>A group that was loaded is served for at least this many times its load, so that loading stays a small part.</summary>
    const double HeldLoads = 4;
    const double ShortestHold = 1;
    const double LongestHold = 60;

    readonly SlotRegistry _registry = new();
    readonly ScheduleViewBuilder _views = new();
    readonly SchedulePlanner _planner = new(options);
    readonly LostMemory _lost = new();

    /// <summary>Those of this step that must not wait.</summary>
    readonly List<Waiter> _nowOrNever = [];
    MemoryBudgets _budgets = budgets;
    HashSet<ExpertSlot> _draining = [];
    int _interactive;
    int _batch;

    public IReadOnlyList<SchedulerExpert> Experts => _registry.Experts;

    public MemoryBudgets Budgets => _budgets;

    public GuessedPace Pace => _registry.Guesses.Pace;

    /// <summary>Experts of which something changed since <see cref="ClearChanged"/>.</summary>
    public HashSet<SchedulerExpert> Changed { get; } = [];

    /// <summary>Unloads that run, the given up ones too.</summary>
    public List<Unloading> Unloadings { get; } = [];

    public void ClearChanged() => Changed.Clear();

    public bool IsDraining(ExpertSlot slot) => slot.Phase == SlotPhase.Unloading || _draining.Contains(slot);

    public bool AllCold => _registry.Slots.All(s => s.Phase == SlotPhase.Cold);

    /// <summary>Bytes that each account holds now: shared weights once, and what stuck models keep.</summary>
    public MemoryBudgets Held() => _registry.Held(_lost).Plus(_lost.Bytes());

    public void SetBudgets(MemoryBudgets budgets) => _budgets = budgets;

    public void Add(SchedulerExpert expert)
    {
        _registry.Add(expert);
        Changed.Add(expert);
    }

    /// <summary>Takes an expert out: what runs ends in peace; those that wait go to its successor, or get the reason.</summary>
    public void Retire(SchedulerExpert expert, SchedulerExpert? successor, ScheduleStep step, TimeSpan now)
    {
        foreach (var slot in expert.Slots)
            (slot.Retired, slot.Discard, slot.Wanted) = (true, true, false);
        // Later arrivals follow; the exact one last, because it may be the only one.
        expert.Tolerant.Successor = successor?.Tolerant;
        expert.Exact.Successor = successor?.Exact;
        // By age over both queues, because the successor may have only one, and its first must be its oldest.
        foreach (var waiter in expert.Groups.SelectMany(g => g.Waiters).OrderBy(w => w.Arrived).ToArray())
        {
            var to = waiter.Group.Successor;
            Leave(waiter);
            if (to is null)
                step.Refusals.Add((waiter, Refusals.Removed(expert.Id)));
            else
                Enter(waiter, to, now);
        }

        Changed.Add(expert);
    }

    /// <summary>Null when the request is queued; otherwise why it is refused.</summary>
    public ExpertException? Arrive(Waiter waiter, TimeSpan now)
    {
        // Its expert was looked up before a reload replaced it.
        var group = waiter.Group.Current;
        if (group.Slots[0].Retired)
            return Refusals.Removed(group.Expert);
        var interactive = waiter.Class == RequestClass.Interactive;
        if (interactive && _registry.ExpertOf(group.Slots[0]).Groups.Sum(g => g.Of(waiter.Class).Count) >= options.QueuePerExpert)
            return Refusals.QueueFull(group, $"{options.QueuePerExpert} requests wait for the expert '{group.Expert}'");
        if (interactive && _interactive >= options.Queue)
            return Refusals.QueueFull(group, $"{options.Queue} requests wait");
        if (!interactive && _batch >= options.BatchQueue)
            return Refusals.QueueFull(group, $"{options.BatchQueue} batch requests wait");
        if (waiter.ResidentOnly)
        {
            if (!group.Slots.Any(IsReady))
                return Refusals.NotReady(group.Expert);
            _nowOrNever.Add(waiter);
        }

        // A job comes in the order of its experts: what it has asked says nothing of what it will ask.
        if (interactive && !waiter.ResidentOnly)
        {
            foreach (var slot in group.Slots)
                slot.Arrivals.Count(now);
        }

        Enter(waiter, group, now);
        return null;
    }

    /// <summary>False when it is not waiting any more.</summary>
    public bool Leave(Waiter waiter)
    {
        if (waiter.Place is null)
            return false;
        waiter.Group.Remove(waiter);
        Count(waiter.Class, -1);
        Touch(waiter.Group.Slots[0]);
        return true;
    }

    /// <param name="service">How long a complete answer took; null for what was cut short, or asked nothing.</param>
    public void Release(ExpertSlot slot, TimeSpan? service, TimeSpan now)
    {
        slot.Running--;
        slot.LastUsed = now;
        if (service is { } took)
            slot.ServiceTook(took.TotalSeconds);
        Touch(slot);
    }

    public void Loaded(ExpertSlot slot, IResidentModel model, TimeSpan took, TimeSpan now)
    {
        slot.Phase = SlotPhase.Resident;
        slot.Model = model;
        slot.Fresh = true;
        slot.Wanted = slot.Pinned;
        slot.Weights.Bytes = model.WeightBytes;
        slot.OwnBytes = model.ResidentBytes - model.WeightBytes;
        slot.LastUsed = now;
        // Beside others on the same weights only a part of the bytes was read: no measure of the machine.
        var shared = _registry.Slots.Any(s => s != slot && s.Weights == slot.Weights && s.Phase != SlotPhase.Cold);
        slot.LoadTook(took.TotalSeconds, tells: !shared);
        slot.HeldUntil = now + TimeSpan.FromSeconds(Math.Clamp(HeldLoads * took.TotalSeconds, ShortestHold, LongestHold));
        slot.RetryAt = TimeSpan.Zero;
        (slot.FailuresInARow, slot.LastFailure) = (0, null);
        slot.Counts.Loads++;
        Touch(slot);
    }

    public void LoadFailed(ExpertSlot slot, Exception error, TimeSpan now)
    {
        slot.Phase = SlotPhase.Cold;
        slot.Discard = slot.Retired;
        slot.LastFailure = error;
        slot.Counts.FailedLoads++;
        var most = LongestBackoff > options.LoadBackoff ? LongestBackoff : options.LoadBackoff;
        var pause = options.LoadBackoff * Math.Pow(2, Math.Min(slot.FailuresInARow++, 30));
        slot.RetryAt = now + (pause < most ? pause : most);
        Touch(slot);
    }

    /// <summary>An unload has ended and its memory is back.</summary>
    public void Unloaded(Unloading unloading)
    {
        Unloadings.Remove(unloading);
        if (unloading.Lost)
            _lost.Remove(unloading);
        else
            Cool(unloading.Slot);
    }

    /// <summary>An unload does not end: the expert goes on without that memory, which stays counted as held.</summary>
    public void GiveUp(Unloading unloading)
    {
        // Whoever reports it may be late: it has ended since, and its slot perhaps unloads the next model.
        if (unloading.Lost || !Unloadings.Contains(unloading))
            return;
        unloading.Lost = true;
        _lost.Add(unloading);
        Cool(unloading.Slot);
    }

    /// <summary>The model that it has now is to go as soon as nothing runs on it. Another may have taken its place.</summary>
    public void Discard(ExpertSlot slot, IResidentModel model)
    {
        // Whoever reports it may be late: then the slot, or even its expert, is gone.
        if (!ReferenceEquals(slot.Model, model))
            return;
        slot.Discard = true;
        Touch(slot);
    }

    /// <summary>Decides and enters it in the state.</summary>
    public ScheduleStep Step(TimeSpan now)
    {
        var step = new ScheduleStep();
        Step(step, now);
        return step;
    }

    public void Step(ScheduleStep step, TimeSpan now)
    {
        var plan = _planner.Decide(_views.Build(_registry, _lost, _budgets.Minus(_lost.Bytes()), _draining, now));
        foreach (var refusal in plan.Refusals)
            Refuse(_registry.Groups[refusal.Group], refusal.Kind, step, now);
        foreach (var grant in plan.Grants)
            Give(grant, step, now);
        foreach (var slot in plan.Loads.Select(i => _registry.Slots[i]))
        {
            slot.Phase = SlotPhase.Loading;
            slot.LoadProgress = new LoadShare();
            step.Loads.Add(slot);
            Touch(slot);
        }

        foreach (var slot in _registry.Slots)
            slot.Committed = false;
        foreach (var slot in plan.Committed)
            _registry.Slots[slot].Committed = true;
        SetDraining([.. plan.Draining.Select(i => _registry.Slots[i])]);
        foreach (var index in plan.Unloads)
        {
            var slot = _registry.Slots[index];
            if (plan.Idle.Contains(index))
                slot.Counts.IdleUnloads++;
            else if (!slot.Discard)
                slot.Counts.Evictions++;
            step.Unloads.Add(Unload(slot));
        }

        RefuseNotReady(step);
        step.Prefetch = options.Prefetch && plan.Prefetch >= 0 ? _registry.Slots[plan.Prefetch] : null;
        step.WakeAt = plan.WakeAt;
        _registry.Compact();
    }

    /// <summary>Ends everything at once: the unloads of all that is resident, and those that wait.</summary>
    public (IReadOnlyList<Unloading> Unloads, IReadOnlyList<Waiter> Waiters) Stop()
    {
        var waiters = LeaveAll();
        return ([.. _registry.Slots.Where(s => s.Phase == SlotPhase.Resident).Select(Unload)], waiters);
    }

    /// <summary>Empties the queues; those that waited still need a reply.</summary>
    public IReadOnlyList<Waiter> LeaveAll()
    {
        var waiters = _registry.Groups.SelectMany(g => g.Waiters).ToArray();
        foreach (var waiter in waiters)
            Leave(waiter);
        return waiters;
    }

    public Unloading Unload(ExpertSlot slot)
    {
        var model = slot.Model!;
        slot.Phase = SlotPhase.Unloading;
        slot.Model = null;
        slot.Discard = slot.Retired;
        var activity = model.Activity;
        slot.Counts.PromptTokens += activity.PromptTokens;
        slot.Counts.GeneratedTokens += activity.GeneratedTokens;
        Touch(slot);
        var unloading = new Unloading(slot, model, slot.OwnBytes);
        Unloadings.Add(unloading);
        return unloading;
    }

    void Enter(Waiter waiter, RequestGroup group, TimeSpan now)
    {
        waiter.Group = group;
        group.Add(waiter);
        Count(waiter.Class, 1);
        Touch(group.Slots[0]);
    }

    void Count(RequestClass requestClass, int change)
    {
        if (requestClass == RequestClass.Interactive)
            _interactive += change;
        else
            _batch += change;
    }

    void Cool(ExpertSlot slot)
    {
        slot.Phase = SlotPhase.Cold;
        Touch(slot);
    }

    void Give(Grant grant, ScheduleStep step, TimeSpan now)
    {
        var group = _registry.Groups[grant.Group];
        var slot = _registry.Slots[grant.Slot];
        for (var i = 0; i < grant.Count; i++)
        {
            var waiter = group.Of(grant.Class).First!;
            Leave(waiter);
            slot.Running++;
            slot.Counts.Served++;
            step.Grants.Add((waiter, slot));
        }

        slot.Fresh = false;
        slot.LastUsed = now;
        Touch(slot);
    }

    void Refuse(RequestGroup group, RefusalKind kind, ScheduleStep step, TimeSpan now)
    {
        var reason = Refusals.Of(kind, group, _budgets, now);
        foreach (var waiter in group.Waiters.ToArray())
        {
            Leave(waiter);
            step.Refusals.Add((waiter, reason));
        }
    }

    /// <summary>Others came first, or their model has to go.</summary>
    void RefuseNotReady(ScheduleStep step)
    {
        foreach (var waiter in _nowOrNever.Where(Leave))
            step.Refusals.Add((waiter, Refusals.NotReady(waiter.Group.Expert)));
        _nowOrNever.Clear();
    }

    bool IsReady(ExpertSlot slot) =>
        slot.Phase == SlotPhase.Resident && !slot.Discard && !_draining.Contains(slot) && slot.Running < slot.Capacity;

    void SetDraining(HashSet<ExpertSlot> draining)
    {
        foreach (var slot in _draining.Except(draining).Concat(draining.Except(_draining)))
            Touch(slot);
        _draining = draining;
    }

    void Touch(ExpertSlot slot) => Changed.Add(_registry.ExpertOf(slot));
}
