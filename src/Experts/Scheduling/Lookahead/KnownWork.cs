namespace Orchestrator.Experts.Scheduling.Lookahead;

/// <summary>Orders the groups of a known job by what the scheduler has measured of its experts.</summary>
static class KnownWork
{
    /// <returns>Indices of the groups in the order that takes least loading; the given order when nothing better is known.</returns>
    public static IReadOnlyList<int> Order(IReadOnlyList<WorkGroup> groups, PublishedState state)
    {
        var slots = state.Experts.Keys.Where(e => !e.Retired).ToDictionary(e => e.Id, e => e.Slots[0], StringComparer.Ordinal);
        var ids = groups.SelectMany(g => g.Experts).Where(slots.ContainsKey).Distinct(StringComparer.Ordinal).ToArray();
        var numbers = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        var problem = new LookaheadProblem(
            [.. ids.Select(id => new LookaheadExpert(slots[id].Bytes, slots[id].LoadSeconds))],
            [.. groups.Select(g => new LookaheadGroup([.. g.Experts.Where(numbers.ContainsKey).Select(id => numbers[id])], g.Items, g.After))],
            state.Budgets.Cpu,
            [.. ids.Where(id => slots[id].Phase == SlotPhase.Resident).Select(id => numbers[id])]);
        try
        {
            return [.. LookaheadOrder.Plan(problem).Steps.Select(s => s.Group)];
        }
        catch (InvalidDataException)
        {
            // An expert larger than the budget is refused when it is asked; the others go on in the order given.
            return [.. Enumerable.Range(0, groups.Count)];
        }
    }
}
