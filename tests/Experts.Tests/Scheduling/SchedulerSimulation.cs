using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>
/// A <see cref="Scheduler"/> in virtual time: what it decides is carried out by events of told durations, and after every
/// event and at every time it asks to be woken it decides again. Each decision is checked by <see cref="SimulationChecks"/>.
/// </summary>
sealed class SchedulerSimulation
{
    readonly PriorityQueue<Action, (TimeSpan At, int Order)> _events = new();
    readonly SimulationChecks _checks;
    TimeSpan _wakeAt = TimeSpan.MaxValue;
    int _order;

    public SchedulerSimulation(long budget, SchedulerConfig? options = null, string label = "")
    {
        Options = options ?? new SchedulerConfig();
        Scheduler = new Scheduler(Options, new MemoryBudgets(budget, 0, 0));
        _checks = new SimulationChecks(this, label);
    }

    public Scheduler Scheduler { get; }

    public SchedulerConfig Options { get; }

    public TimeSpan Now { get; private set; }

    public List<SimulatedRequest> Requests { get; } = [];

    /// <summary><c>load x</c>, <c>loaded x</c>, <c>failed x</c>, <c>unload x</c>, <c>cold x</c> in order.</summary>
    public List<string> Events { get; } = [];

    public Func<ExpertSlot, TimeSpan> LoadTime { get; set; } = _ => TimeSpan.FromSeconds(1);

    /// <summary>Null for an unload that never ends; it is kept in <see cref="Stuck"/>.</summary>
    public Func<ExpertSlot, TimeSpan?> UnloadTime { get; set; } = _ => TimeSpan.FromSeconds(0.1);

    public Func<ExpertSlot, bool> LoadFails { get; set; } = _ => false;

    /// <summary>What a load takes beyond the estimate.</summary>
    public Func<ExpertSlot, long> Extra { get; set; } = _ => 0;

    public List<Unloading> Stuck { get; } = [];

    public static SchedulerExpert Expert(ExpertConfig config, long own, SharedWeights? weights = null, long? variant = null) => new(
    [
        new ExpertSlot(0, new CatalogEntry(config, null, new MemoryEstimate(weights?.Bytes ?? 0, own), null), weights ?? new SharedWeights(0)),
        .. variant is not { } bytes ? Array.Empty<ExpertSlot>() :
        [
            new ExpertSlot(0, new CatalogEntry(config, null, new MemoryEstimate(0, bytes), null) { Variant = "q4" }, new SharedWeights(0)),
        ],
    ]);

    public SchedulerExpert Add(string id, long own, Func<ExpertConfig, ExpertConfig>? with = null, SharedWeights? weights = null, long? variant = null)
    {
        var config = new ExpertConfig { Id = id, File = id };
        var expert = Expert(with?.Invoke(config) ?? config, own, weights, variant);
        Scheduler.Add(expert);
        return expert;
    }

    public void At(double seconds, Action what) => At(TimeSpan.FromSeconds(seconds), what);

    public void At(TimeSpan at, Action what) => _events.Enqueue(what, (at, _order++));

    /// <summary>A request that comes at that time, and holds its expert for so long once it has it.</summary>
    public SimulatedRequest Request(
        double at, SchedulerExpert expert, double service = 1, RequestClass requestClass = RequestClass.Interactive, double? leaves = null, bool tolerant = true)
    {
        var request = new SimulatedRequest(TimeSpan.FromSeconds(at), expert, TimeSpan.FromSeconds(service));
        Requests.Add(request);
        At(at, () =>
        {
            request.Waiter = new Waiter(tolerant ? expert.Tolerant : expert.Exact, requestClass, Now);
            request.Ahead = Scheduler.Experts.Sum(e => e.Waiting);
            if (Scheduler.Arrive(request.Waiter, Now) is { } reason)
                request.Answer(Now, reason);
        });
        if (leaves is { } after)
            At(at + after, () => request.Leave(Scheduler, Now));
        return request;
    }

    /// <summary>Until nothing happens any more, or until that time.</summary>
    public void Run(double until = double.MaxValue)
    {
        var end = until == double.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromSeconds(until);
        Step();
        while (true)
        {
            var next = _events.TryPeek(out _, out var first) ? first.At : TimeSpan.MaxValue;
            // At quiescence only its own wishes to look again would go on for ever.
            if (next == TimeSpan.MaxValue && Scheduler.Experts.All(e => e.Waiting == 0) && end == TimeSpan.MaxValue)
                break;
            next = next < _wakeAt ? next : _wakeAt;
            if (next == TimeSpan.MaxValue || next > end)
                break;
            Now = next > Now ? next : Now;
            while (_events.TryPeek(out _, out var due) && due.At <= Now)
                _events.Dequeue()();
            Step();
        }

        Now = end == TimeSpan.MaxValue ? Now : end;
    }

    public void SetBudget(long bytes)
    {
        Scheduler.SetBudgets(new MemoryBudgets(bytes, 0, 0));
        _checks.Overran();
    }

    public void CheckQuiescent() => _checks.Quiescent();

    public int Count(string what) => Events.Count(e => e == what);

    public void Retire(SchedulerExpert expert, SchedulerExpert? successor)
    {
        var step = new ScheduleStep();
        if (successor is not null)
            Scheduler.Add(successor);
        Scheduler.Retire(expert, successor, step, Now);
        Carry(step);
    }

    void Step()
    {
        var step = Scheduler.Step(Now);
        _wakeAt = step.WakeAt;
        _checks.Decision(step);
        Carry(step);
        _checks.Waiting();
    }

    void Carry(ScheduleStep step)
    {
        foreach (var (waiter, reason) in step.Refusals)
            Of(waiter).Answer(Now, reason);
        foreach (var (waiter, slot) in step.Grants)
        {
            var request = Of(waiter);
            request.Answer(Now, null);
            At(Now + request.Service, () => Scheduler.Release(slot, request.Service, Now));
        }

        foreach (var unloading in step.Unloads)
        {
            Events.Add($"unload {unloading.Slot.Name}");
            if (UnloadTime(unloading.Slot) is { } took)
                At(Now + took, () => End(unloading));
            else
                Stuck.Add(unloading);
        }

        foreach (var slot in step.Loads)
            Load(slot);
    }

    public void End(Unloading unloading)
    {
        Events.Add($"cold {unloading.Slot.Name}");
        Scheduler.Unloaded(unloading);
    }

    void Load(ExpertSlot slot)
    {
        Events.Add($"load {slot.Name}");
        var (took, fails, extra) = (LoadTime(slot), LoadFails(slot), Extra(slot));
        At(Now + took, () =>
        {
            Events.Add($"{(fails ? "failed" : "loaded")} {slot.Name}");
            if (fails)
                Scheduler.LoadFailed(slot, new IOException("told to fail"), Now);
            else
                Scheduler.Loaded(slot, new SimulatedModel(slot.Bytes + extra, slot.Weights.Bytes), took, Now);
            if (extra > 0 && !fails)
                _checks.Overran();
        });
    }

    SimulatedRequest Of(Waiter waiter) => Requests.Single(r => r.Waiter == waiter);
}
