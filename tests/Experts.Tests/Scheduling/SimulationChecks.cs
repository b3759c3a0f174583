using Orchestrator.Experts.Memory;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>What holds after every decision, whatever the trace.</summary>
sealed class SimulationChecks(SchedulerSimulation simulation, string label)
{
    /// <summary>A load took more than estimated, or the budget shrank: until what is held fits again, nothing may be loaded.</summary>
    bool _overrun;

    public void Overran() => _overrun = true;

    /// <summary>Before its loads and unloads are carried out.</summary>
    public void Decision(ScheduleStep step)
    {
        var (held, budget) = (simulation.Scheduler.Held().Of(MemoryAccount.Cpu), simulation.Scheduler.Budgets.Of(MemoryAccount.Cpu));
        _overrun &= held > budget;
        // Held counts the loads of this decision by their estimate.
        True(held <= budget || _overrun, $"{held} of {budget} bytes are held");
        True(held <= budget || step.Loads.Count == 0, "a load was begun beyond the budget");
        foreach (var unloading in step.Unloads)
        {
            True(unloading.Slot.Running == 0, $"{unloading.Slot.Name} was unloaded while {unloading.Slot.Running} run on it");
            True(!unloading.Slot.Pinned || _overrun, $"{unloading.Slot.Name} is pinned and was evicted");
        }
    }

    /// <summary>Nobody waits for what could be had at once.</summary>
    public void Waiting()
    {
        if (simulation.Scheduler.Experts.Sum(e => e.Slots.Sum(s => s.Running)) >= simulation.Options.MaxRunning)
            return;
        foreach (var group in simulation.Scheduler.Experts.SelectMany(e => e.Groups).Where(g => g.Count > 0))
        {
            foreach (var slot in group.Slots)
            {
                var open = slot.Phase == SlotPhase.Resident && !slot.Discard && !simulation.Scheduler.IsDraining(slot);
                True(!open || slot.Running >= slot.Capacity, $"{group.Count} wait for {slot.Name}, which is there and has room");
            }
        }
    }

    public void Quiescent()
    {
        foreach (var request in simulation.Requests)
            True(request.Answers == 1, $"the request for {request.Expert.Id} at {request.At} was answered {request.Answers} times");
        foreach (var expert in simulation.Scheduler.Experts)
        {
            True(expert.Waiting == 0, $"{expert.Waiting} wait for {expert.Id} at the end");
            True(expert.Slots.All(s => s.Running == 0), $"{expert.Id} is running at the end");
        }

        True(simulation.Scheduler.Held().Cpu <= simulation.Scheduler.Budgets.Cpu, "more than the budget is held at the end");
    }

    void True(bool condition, string what) =>
        Assert.True(condition, $"{label} at {simulation.Now}: {what}\n{string.Join(", ", simulation.Events.TakeLast(30))}");
}
