namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Orders the groups of a known job by what the scheduler has measured of its experts.</summary>
static class KnownWork
{
    /// <returns>Indices of the groups in the order that takes least loading; the given order when nothing better is known.</returns>
    public static IReadOnlyList<int> Order(IReadOnlyList<WorkGroup> groups, PublishedState state)
    {
        try
        {
            return [.. LookaheadOrder.Plan(Problem(groups, state)).Steps.Select(s => s.Group)];
        }
        catch (InvalidDataException)
        {
            // An expert larger than the budget is refused when it is asked; the others go on in the order given.
            return [.. Enumerable.Range(0, groups.Count)];
        }
    }

    internal static LookaheadProblem Problem(IReadOnlyList<WorkGroup> groups, PublishedState state)
    {
        var slots = state.Experts.Keys.Where(e => !e.Retired).ToDictionary(e => e.Id, e => e.Slots[0], StringComparer.Ordinal);
        var asked = groups.SelectMany(g => g.Experts).Where(slots.ContainsKey).ToHashSet(StringComparer.Ordinal);
        // Who is not asked matters only by the weights that it keeps in memory for those that are.
        var weights = asked.Select(id => slots[id].Weights).ToHashSet();
        string[] ids = [.. asked.Union(slots.Where(s => s.Value.Phase == SlotPhase.Resident && weights.Contains(s.Value.Weights)).Select(s => s.Key))];
        var numbers = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        // Nobody knows how much of a measured load was the base: all of its bytes count as read at the pace of the slowest.
        var bases = ids.Select(id => slots[id]).GroupBy(s => s.Weights).Where(g => g.Count() > 1)
            .Select((g, i) => (Weights: g.Key, Index: i, Pace: g.Max(s => s.LoadSeconds / Math.Max(1, s.Bytes))))
            .ToDictionary(b => b.Weights);
        return new LookaheadProblem(
            [.. ids.Select(id => Expert(slots[id]))],
            [.. groups.Select(g => new LookaheadGroup([.. g.Experts.Where(numbers.ContainsKey).Select(id => numbers[id])], g.Items, g.After))],
            // Experts of several accounts do not compete; taking their budgets together makes a worse order, not a wrong one.
            asked.Select(id => slots[id].Account).Distinct().Sum(state.Budgets.Of),
            [.. ids.Where(id => slots[id].Phase == SlotPhase.Resident).Select(id => numbers[id])])
        {
            Bases = [.. bases.Values.OrderBy(b => b.Index).Select(b => new LookaheadBase(b.Weights.Bytes, b.Pace * b.Weights.Bytes))],
        };

        LookaheadExpert Expert(ExpertSlot slot) => bases.TryGetValue(slot.Weights, out var shared)
            ? new LookaheadExpert(slot.OwnBytes, shared.Pace * slot.OwnBytes, shared.Index)
            : new LookaheadExpert(slot.Bytes, slot.LoadSeconds);
    }
}
