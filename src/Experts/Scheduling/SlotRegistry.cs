using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>All experts, and their slots and queues numbered as the planner numbers them.</summary>
sealed class SlotRegistry
{
    readonly List<SchedulerExpert> _experts = [];
    readonly List<ExpertSlot> _slots = [];
    readonly List<RequestGroup> _groups = [];
    readonly List<int[]> _groupSlots = [];
    readonly List<SharedWeights> _weights = [];
    readonly Dictionary<ExpertSlot, SchedulerExpert> _owners = [];
    readonly HashSet<SharedWeights> _counted = [];

    public FirstGuesses Guesses { get; } = new();

    public IReadOnlyList<SchedulerExpert> Experts => _experts;

    public IReadOnlyList<ExpertSlot> Slots => _slots;

    public IReadOnlyList<RequestGroup> Groups => _groups;

    public IReadOnlyList<SharedWeights> Weights => _weights;

    public int[] SlotsOf(RequestGroup group) => _groupSlots[group.Index];

    public SchedulerExpert ExpertOf(ExpertSlot slot) => _owners[slot];

    public void Add(SchedulerExpert expert)
    {
        _experts.Add(expert);
        foreach (var slot in expert.Slots)
        {
            _owners.Add(slot, expert);
            slot.Guesses = Guesses;
        }

        Number();
    }

    /// <summary>Forgets retired experts of which nothing is left.</summary>
    public void Compact()
    {
        if (!_experts.Any(IsGone))
            return;
        foreach (var slot in _experts.Where(IsGone).SelectMany(e => e.Slots))
            _owners.Remove(slot);
        _experts.RemoveAll(IsGone);
        Number();
    }

    /// <summary>Bytes of all that is not cold, shared weights once, and not at all where they count as lost.</summary>
    public MemoryBudgets Held(LostMemory lost)
    {
        var held = default(MemoryBudgets);
        _counted.Clear();
        foreach (var slot in _slots.Where(s => s.Phase != SlotPhase.Cold))
        {
            var first = !lost.Keeps(slot.Weights) && _counted.Add(slot.Weights);
            held = held.Plus(slot.Account, slot.OwnBytes + (first ? slot.Weights.Bytes : 0));
        }

        return held;
    }

    static bool IsGone(SchedulerExpert expert) =>
        expert.Retired && expert.Waiting == 0 && expert.Slots.All(s => s.Phase == SlotPhase.Cold);

    void Number()
    {
        _slots.Clear();
        _groups.Clear();
        _groupSlots.Clear();
        _weights.Clear();
        foreach (var slot in _experts.SelectMany(e => e.Slots))
        {
            slot.Index = _slots.Count;
            _slots.Add(slot);
        }

        foreach (var weights in _slots.Select(s => s.Weights).Distinct())
        {
            weights.Index = _weights.Count;
            _weights.Add(weights);
        }

        foreach (var group in _experts.SelectMany(e => e.Groups))
        {
            group.Index = _groups.Count;
            _groups.Add(group);
            _groupSlots.Add([.. group.Slots.Select(s => s.Index)]);
        }
    }
}
