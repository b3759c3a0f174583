using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Scheduling;

/// <summary>Gives resident models to those who wait for them: the overdue first, then interactive requests, then batch work.</summary>
sealed class GrantPlanner(SchedulerConfig options)
{
    readonly List<Entry> _entries = [];
    int[] _running = [];

    public void Grant(ScheduleView view, ReadOnlySpan<SlotView> slots, SchedulePlan plan)
    {
        if (_running.Length < slots.Length)
            _running = new int[slots.Length];
        var room = options.MaxRunning;
        for (var i = 0; i < slots.Length; i++)
        {
            _running[i] = slots[i].Running;
            room -= slots[i].Running;
        }

        Collect(view, slots);
        foreach (var entry in _entries)
            room -= Fill(entry, view, slots, room, plan);
    }

    void Collect(ScheduleView view, ReadOnlySpan<SlotView> slots)
    {
        _entries.Clear();
        for (var g = 0; g < view.Groups.Length; g++)
        {
            ref readonly var group = ref view.Groups.Span[g];
            if (group.Count == 0 || !AnyOpen(group.Slots, slots))
                continue;
            Add(g, RequestClass.Interactive, group.Interactive, options.MaxWait);
            Add(g, RequestClass.Batch, group.Batch, options.BatchMaxWait);
        }

        _entries.Sort(Entry.Order);

        void Add(int group, RequestClass requestClass, QueueView queue, TimeSpan bound)
        {
            if (queue.Count > 0)
                _entries.Add(new Entry(queue.Oldest + bound > view.Now, requestClass, queue.Oldest, group, queue.Count));
        }
    }

    int Fill(Entry entry, ScheduleView view, ReadOnlySpan<SlotView> slots, int room, SchedulePlan plan)
    {
        var given = 0;
        foreach (var slot in view.Groups.Span[entry.Group].Slots)
        {
            if (!slots[slot].Open)
                continue;
            var count = Math.Min(Math.Min(entry.Count - given, slots[slot].Capacity - _running[slot]), room - given);
            if (count <= 0)
                continue;
            plan.Grants.Add(new Grant(entry.Group, entry.Class, slot, count));
            _running[slot] += count;
            given += count;
        }

        return given;
    }

    static bool AnyOpen(int[] group, ReadOnlySpan<SlotView> slots)
    {
        foreach (var slot in group)
        {
            if (slots[slot].Open)
                return true;
        }

        return false;
    }

    /// <summary>The requests of one class in one group.</summary>
    readonly record struct Entry(bool InTime, RequestClass Class, TimeSpan Oldest, int Group, int Count)
    {
        /// <summary>The overdue by age alone, whatever their class.</summary>
        public static int Order(Entry a, Entry b) =>
            a.InTime != b.InTime ? a.InTime.CompareTo(b.InTime)
            : a.InTime && a.Class != b.Class ? (int)a.Class - (int)b.Class
            : (a.Oldest, a.Group).CompareTo((b.Oldest, b.Group));
    }
}
