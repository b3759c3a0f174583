using System.Collections.Immutable;
using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>One expert as other threads may see it.</summary>
/// <param name="Oldest">When the oldest of its waiters arrived, on the scheduler's clock; null when none waits.</param>
/// <param name="Loadings">Loads that run, those of its variants too.</param>
/// <param name="Models">What is resident: their activity is read live.</param>
/// <param name="Waits">At each of its slots.</param>
sealed record PublishedExpert(
    SchedulerExpert Expert, ExpertSnapshot Snapshot, TimeSpan? Oldest, IReadOnlyList<(ExpertSlot Slot, LoadShare Load)> Loadings,
    IReadOnlyList<(ExpertSlot Slot, IResidentModel Model)> Models, IReadOnlyList<WaitEstimate> Waits)
{
    /// <summary>The snapshot with what changes without any message to this expert.</summary>
    public ExpertSnapshot At(TimeSpan now, LoadsAhead ahead) => Snapshot with
    {
        OldestWait = Oldest is { } arrived && arrived < now ? now - arrived : TimeSpan.Zero,
        ExpectedWait = TimeSpan.FromSeconds(ahead.Wait(this)),
        FitsBudget = Waits.Any(wait => wait.Bytes <= ahead.Budgets.Of(wait.Account)),
        LoadProgress = Loadings.FirstOrDefault(l => l.Slot.Variant is null).Load?.Value,
        PromptTokens = Snapshot.PromptTokens + Models.Sum(m => m.Model.Activity.PromptTokens),
        GeneratedTokens = Snapshot.GeneratedTokens + Models.Sum(m => m.Model.Activity.GeneratedTokens),
    };
}

/// <summary>All of the scheduler's state that is read outside its loop; only what changed is made anew.</summary>
sealed record PublishedState(
    ImmutableDictionary<SchedulerExpert, PublishedExpert> Experts, MemoryBudgets Held, MemoryBudgets Budgets, GuessedPace Pace,
    long Prefetched, IReadOnlyList<Unloading> Unloadings)
{
    /// <summary>Of all experts, those that left the configuration too, and of models that are stuck.</summary>
    public IEnumerable<ExpertSlot> Slots => Experts.Keys.SelectMany(e => e.Slots).Concat(Unloadings.Select(u => u.Slot));

    public static PublishedState Empty { get; } =
        new(ImmutableDictionary<SchedulerExpert, PublishedExpert>.Empty, default, default, default, 0, []);

    public static PublishedState Of(Scheduler scheduler, PublishedState before, long prefetched)
    {
        var experts = before.Experts;
        if (scheduler.Changed.Count > 0)
        {
            var builder = experts.ToBuilder();
            foreach (var expert in scheduler.Changed)
                builder[expert] = Publish(scheduler, expert);
            foreach (var gone in builder.Count > scheduler.Experts.Count ? builder.Keys.Except(scheduler.Experts).ToArray() : [])
                builder.Remove(gone);
            experts = builder.ToImmutable();
            scheduler.ClearChanged();
        }

        return new PublishedState(experts, scheduler.Held(), scheduler.Budgets, scheduler.Pace, prefetched, [.. scheduler.Unloadings]);
    }

    static PublishedExpert Publish(Scheduler scheduler, SchedulerExpert expert)
    {
        var slot = expert.Slots[0];
        var residency = ResidencyOf(scheduler, slot);
        var oldest = expert.Groups.SelectMany(g => new[] { g.Of(RequestClass.Interactive).First, g.Of(RequestClass.Batch).First })
            .OfType<Waiter>().Select(w => (TimeSpan?)w.Arrived).Min();
        var snapshot = slot.Entry.Snapshot with
        {
            Residency = residency,
            Reason = residency == Residency.Failed ? Catalog.CatalogEntry.WithoutFolder(slot.Entry.Config, slot.LastFailure!.Message) : null,
            ResidentBytes = slot.Phase is SlotPhase.Resident or SlotPhase.Unloading ? slot.Bytes : 0,
            ExpectedBytes = slot.Bytes,
            Pinned = slot.Pinned,
            ActiveRequests = expert.Slots.Sum(s => s.Running),
            WaitingRequests = expert.Waiting,
            Loads = expert.Slots.Sum(s => s.Counts.Loads),
            FailedLoads = expert.Slots.Sum(s => s.Counts.FailedLoads),
            Evictions = expert.Slots.Sum(s => s.Counts.Evictions),
            IdleUnloads = expert.Slots.Sum(s => s.Counts.IdleUnloads),
            Served = expert.Slots.Sum(s => s.Counts.Served),
            PromptTokens = expert.Slots.Sum(s => s.Counts.PromptTokens),
            GeneratedTokens = expert.Slots.Sum(s => s.Counts.GeneratedTokens),
            Variants = [.. slot.Entry.RefusedVariants, .. expert.Slots.Skip(1).Select(s => new VariantSnapshot(
                s.Variant!, ResidencyOf(scheduler, s), s.Phase == SlotPhase.Resident ? s.Bytes : 0, s.Bytes,
                s.LastFailure is { } failure ? Catalog.CatalogEntry.WithoutFolder(s.Entry.Config, failure.Message) : null))],
        };
        return new PublishedExpert(
            expert, snapshot, oldest, [.. expert.Slots.Where(s => s.Phase == SlotPhase.Loading).Select(s => (s, s.LoadProgress))],
            [.. expert.Slots.Where(s => s.Model is not null).Select(s => (s, s.Model!))],
            [.. expert.Slots.Select(s => WaitEstimate.Of(s, expert.Waiting))]);
    }

    static Residency ResidencyOf(Scheduler scheduler, ExpertSlot slot) => slot.Phase switch
    {
        SlotPhase.Cold => slot.LastFailure is null ? Residency.Cold : Residency.Failed,
        SlotPhase.Loading => Residency.Loading,
        SlotPhase.Resident when !scheduler.IsDraining(slot) => Residency.Resident,
        _ => Residency.Draining,
    };
}
