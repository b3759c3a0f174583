using Orchestrator.Experts;
using Orchestrator.Jobs.Planning;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Running;

/// <summary>Ends the items whose panel has answered, where no expert is needed for it.</summary>
sealed class Settlement(JobStore store, PanelMerge merge, string job)
{
    const int PageSize = 256;

    /// <returns>How the items ended that ended now.</returns>
    public async Task<IReadOnlyList<ItemEnd>> SettleAsync(IReadOnlyList<StoredItem> items, CancellationToken cancellationToken)
    {
        var calls = store.Calls.Of(job, items.Select(item => item.Index));
        var ended = new List<ItemEnd>();
        foreach (StoredItem item in items)
        {
            PlanFacts plan = item.Plan!;
            if (!PanelCalls.IsHeard(plan)) continue;
            IReadOnlyList<MemberAnswer> said = PanelMerge.Said(plan, calls[item.Index]);
            if (said.Count < plan.Panel.Count) continue;
            if (plan.Reserves.Count > 0 && said.All(answer => answer.Failure is { } failure && failure.Kind.AnotherMayHelp()))
                await StandInAsync(item, plan, said[0].Failure!);
            else if (merge.Asks(plan) is null || said.All(answer => answer.Failure is not null))
            {
                ItemEnd end = await merge.MergeAsync(item, said, patience: null, cancellationToken);
                if (await store.Items.EndAsync(job, item.Index, end)) ended.Add(end);
            }
        }
        return ended;
    }

    /// <summary>All open items: what a kill left between an answer and its settlement.</summary>
    public async Task<IReadOnlyList<ItemEnd>> SettleAllAsync(CancellationToken cancellationToken)
    {
        var ended = new List<ItemEnd>();
        for (List<StoredItem> page = store.Items.Open(job, -1, PageSize); page.Count > 0; page = store.Items.Open(job, page[^1].Index, PageSize))
            ended.AddRange(await SettleAsync(page, cancellationToken));
        return ended;
    }

    /// <summary>The next of the ranking is asked instead; it is planned and queued as one step.</summary>
    Task StandInAsync(StoredItem item, PlanFacts plan, JobFailure failure)
    {
        string expert = plan.Reserves[0];
        PlanFacts next = plan with
        {
            Panel = [expert],
            Weights = [1],
            Reserves = [.. plan.Reserves.Skip(1)],
            Reasons = [.. plan.Reasons, $"{expert} stands in for {plan.Panel[0]}: {failure.Message}"],
        };
        return store.WriteAsync(db =>
        {
            ItemTable.Plan(db, job, item.Index, next);
            CallTable.Plan(db, job, item.Index, expert, 0);
        });
    }
}
