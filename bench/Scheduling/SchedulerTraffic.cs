using Orchestrator.Experts;
using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Bench.Scheduling;

/// <summary>
/// A scheduler under more traffic than it can serve, in simulated time: arrivals that hold the queue at its length, clients
/// that leave, requests, loads and unloads that end. What is measured is each event with the decision after it.
/// </summary>
sealed class SchedulerTraffic
{
    static readonly TimeSpan ArrivalEvery = TimeSpan.FromMilliseconds(0.5);
    static readonly TimeSpan UnloadTakes = TimeSpan.FromMilliseconds(2);

    readonly Random _random;
    readonly int _length;
    readonly Scheduler _scheduler;
    readonly SchedulerExpert[] _experts;
    readonly List<Waiter> _waiters = [];
    readonly PriorityQueue<Func<string>, (TimeSpan At, int Number)> _events = new();
    TimeSpan _now;
    int _number;
    int _queued;

    public SchedulerTraffic(int experts, int length, int seed)
    {
        _random = new Random(seed);
        _length = length;
        _experts = SchedulerFleet.Experts(experts, _random);
        _scheduler = new Scheduler(SchedulerFleet.Options, SchedulerFleet.Budgets(_experts));
        foreach (var expert in _experts)
            _scheduler.Add(expert);
        while (_queued < _length)
            Arrive();
        Schedule(TimeSpan.Zero, Next);
    }

    public int Queued => _queued;

    public TimeSpan Now => _now;

    public IReadOnlyList<DecisionSample> Run(int events, TimeProvider time)
    {
        var samples = new DecisionSample[events];
        for (var i = 0; i < events; i++)
        {
            _events.TryDequeue(out var happens, out var when);
            _now = when.At;
            var cpu = ThreadClock.Microseconds();
            var start = time.GetTimestamp();
            var kind = happens!();
            var afterEvent = GC.GetAllocatedBytesForCurrentThread();
            var step = _scheduler.Step(_now);
            var took = time.GetElapsedTime(start);
            cpu = ThreadClock.Microseconds() - cpu;
            samples[i] = new DecisionSample(
                kind, _now, took.TotalMicroseconds, cpu, GC.GetAllocatedBytesForCurrentThread() - afterEvent);
            _scheduler.ClearChanged();
            Carry(step);
        }

        return samples;
    }

    /// <summary>Arrivals while the queue is short of its length, with one client in ten leaving; else somebody leaves.</summary>
    string Next()
    {
        Schedule(ArrivalEvery, Next);
        if (_queued >= _length || _random.Next(10) == 0)
            return Leave();
        return Arrive();
    }

    string Arrive()
    {
        // Popular experts get most of it, but nobody gets nothing.
        var expert = _experts[(int)(_experts.Length * Math.Pow(_random.NextDouble(), 2))];
        var group = _random.Next(2) == 0 ? expert.Exact : expert.Tolerant;
        var waiter = new Waiter(group, _random.Next(2) == 0 ? RequestClass.Interactive : RequestClass.Batch, _now);
        if (_scheduler.Arrive(waiter, _now) is { } refusal)
            throw new InvalidOperationException("the queue was to have room", refusal);
        _waiters.Add(waiter);
        _queued++;
        return "arrival";
    }

    string Leave()
    {
        while (true)
        {
            var index = _random.Next(_waiters.Count);
            var waiter = _waiters[index];
            _waiters[index] = _waiters[^1];
            _waiters.RemoveAt(_waiters.Count - 1);
            if (!_scheduler.Leave(waiter))
                continue;
            _queued--;
            return "cancellation";
        }
    }

    void Carry(ScheduleStep step)
    {
        _queued -= step.Grants.Count + step.Refusals.Count;
        foreach (var (_, slot) in step.Grants)
        {
            var held = TimeSpan.FromSeconds(0.05 + 0.4 * _random.NextDouble());
            Schedule(held, () => Say("release", () => _scheduler.Release(slot, held, _now)));
        }

        foreach (var slot in step.Loads)
        {
            var took = TimeSpan.FromSeconds(slot.Bytes / 2e9);
            var model = new WeightlessModel(slot.Bytes, slot.Weights.Bytes);
            Schedule(took, () => Say("load end", () => _scheduler.Loaded(slot, model, took, _now)));
        }

        foreach (var unloading in step.Unloads)
            Schedule(UnloadTakes, () => Say("unload end", () => _scheduler.Unloaded(unloading)));
    }

    void Schedule(TimeSpan after, Func<string> what) => _events.Enqueue(what, (_now + after, _number++));

    static string Say(string kind, Action what)
    {
        what();
        return kind;
    }
}

/// <param name="Microseconds">Of the event and the decision together, by the wall clock.</param>
/// <param name="CpuMicroseconds">The same by what the thread got of a processor.</param>
readonly record struct DecisionSample(string Kind, TimeSpan At, double Microseconds, double CpuMicroseconds, long StepBytes);
