using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Scheduling;

/// <summary>What a request is told that does not get its expert.</summary>
static class Refusals
{
    static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    public static ExpertException Of(RefusalKind kind, RequestGroup group, MemoryBudgets budgets, TimeSpan now)
    {
        var slot = group.Slots[0];
        var needs = $"the expert '{slot.Id}' needs {Quantities.Bytes(slot.Bytes)}";
        var budget = $"the {NameOf(slot.Account)} of {Quantities.Bytes(budgets.Of(slot.Account))}";
        return kind switch
        {
            RefusalKind.TooLarge => new ExpertException(ExpertFailure.TooLargeForBudget, slot.Id,
                $"{needs}, more than the whole of {budget}; a smaller context or max_sequences needs less"),
            RefusalKind.PinnedFull => new ExpertException(ExpertFailure.TooLargeForBudget, slot.Id,
                $"{needs}, more than pinned experts leave of {budget}; unpin one or raise the budget"),
            _ => Failed(group, now),
        };
    }

    public static ExpertException QueueFull(RequestGroup group, string what)
    {
        // Half of those that wait will have been served by then; an exact time would bring everybody back at once.
        var slot = group.Slots[0];
        var seconds = group.Count / 2.0 * slot.ServiceSeconds / Math.Max(1, slot.Capacity);
        return new ExpertException(ExpertFailure.QueueFull, slot.Id, $"the queue is full: {what}; try again later")
        {
            RetryAfter = Clamp(TimeSpan.FromSeconds(Math.Min(seconds, LongestRetry.TotalSeconds))),
        };
    }

    public static ExpertException Removed(string expert) =>
        new(ExpertFailure.Unknown, expert, $"the expert '{expert}' was removed from the configuration");

    public static ExpertException NotReady(string expert) =>
        new(ExpertFailure.Unavailable, expert, $"the expert '{expert}' is not loaded with a free sequence now");

    public static ExpertException Stopped(string expert) =>
        new(ExpertFailure.Unavailable, expert, $"the expert '{expert}' is not available: the service is stopping");

    /// <summary>Of a budget, with its key where it is not the usual one: often it was never set.</summary>
    static string NameOf(MemoryAccount account) => account switch
    {
        MemoryAccount.Gpu => "GPU's memory budget (memory.gpu_budget)",
        MemoryAccount.Router => "router's memory budget (memory.router_budget)",
        _ => "memory budget",
    };

    static ExpertException Failed(RequestGroup group, TimeSpan now)
    {
        var slot = group.Slots.Where(s => s.RetryAt > now).MinBy(s => s.RetryAt)!;
        var cause = slot.LastFailure!;
        return new ExpertException(ExpertFailure.LoadFailed, slot.Id,
            $"the expert '{slot.Id}' could not be loaded: {CatalogEntry.WithoutFolder(slot.Entry.Config, cause.Message)}", cause)
        {
            RetryAfter = Clamp(slot.RetryAt - now),
        };
    }

    static TimeSpan Clamp(TimeSpan time) => time < ShortestRetry ? ShortestRetry : time > LongestRetry ? LongestRetry : time;
}
