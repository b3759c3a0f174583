using Microsoft.Data.Sqlite;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Planning;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Running;

/// <summary>
/// One run of one job. Each stage asks the store what is still to do, so a run that follows a kill goes on where the last
/// one was.
/// </summary>
sealed class JobRun(
    JobStore store, JobBus bus, JobMail mail, Func<JobWorkplace> workplace, PanelMerge merge, RunMeter meter, TimeProvider time, string job,
    CancellationToken cancellationToken)
{
    const int PageSize = 256;

    /// <summary>Items whose plans may count for one another; more would only take memory.</summary>
    const int RoutedTogether = 4096;

    readonly Settlement _settlement = new(store, merge, job);

    /// <summary>The life of a job.</summary>
    public async Task<JobReport> RunAsync()
    {
        await meter.StageAsync(JobStage.Tag, Tally, TagAsync);
        await meter.StageAsync(JobStage.Route, Tally, RouteAsync);
        await meter.StageAsync(JobStage.Ask, Tally, AskAsync);
        await meter.StageAsync(JobStage.Merge, Tally, MergeAsync);
        return meter.Report();
    }

    CallTally Tally() => store.Calls.Tally(job) + store.Items.Tally(job);

    async Task TagAsync()
    {
        if (workplace().Tagging is not { } tagging) return;
        foreach (List<StoredItem> page in Pages(store.Items.Unplanned, PageSize))
        {
            StoredItem[] wanting = [.. page.Where(item => item is { Tagged: null, Item.Skills.Count: 0 } && tagging.Wants(item.Item.Model))];
            if (wanting.Length == 0) continue;
            var tagged = await tagging.TagAsync([.. wanting.Select(item => item.Item.Question)], cancellationToken);
            await store.Items.TagAsync(job, [.. wanting.Zip(tagged, (item, found) => (item.Index, found))]);
        }
    }

    /// <summary>Plans and planned calls are stored as one step, so that a plan without calls never is.</summary>
    async Task RouteAsync()
    {
        JobWorkplace place = workplace();
        var planner = new ItemPlanner(place, place.Pool.Snapshot());
        foreach (List<StoredItem> page in Pages(store.Items.Unplanned, RoutedTogether))
        {
            IReadOnlyList<PlannedItem> plans = await Task.Run(() => planner.PlanAsync(page, cancellationToken), cancellationToken);
            await store.WriteAsync(db =>
            {
                foreach (PlannedItem planned in plans) Store(db, planned);
            });
            meter.Ended([.. plans.Where(planned => planned.Failure is not null).Select(planned => ItemEnd.Failed(planned.Failure!))]);
        }
    }

    void Store(SqliteConnection db, PlannedItem planned)
    {
        if (planned.Plan is not { } plan)
        {
            ItemTable.End(db, job, planned.Index, ItemEnd.Failed(planned.Failure!));
            return;
        }
        ItemTable.Plan(db, job, planned.Index, plan);
        foreach ((string expert, int sample) in PanelCalls.Places(plan)) CallTable.Plan(db, job, planned.Index, expert, sample);
    }

    /// <summary>Goes round again while experts stand in for others that could not be loaded.</summary>
    async Task AskAsync()
    {
        while (true)
        {
            List<(string Expert, int Calls)> groups = store.Calls.OpenGroups(job);
            JobWorkplace place = workplace();
            int window = Window(place.Config, groups);
            IEnumerable<AnswerGroup> messages = GroupOrder.Messages(
                job, JobStage.Ask, GroupOrder.Of(place.Pool, groups), expert => store.Calls.Open(job, expert), window);
            await SendAsync(groups, messages, window, SettleAsync);
            meter.Ended(await _settlement.SettleAllAsync(cancellationToken));
            if (store.Calls.OpenGroups(job).Count == 0) return;
        }

        async Task SettleAsync(AnswerGroup group) => meter.Ended(await _settlement.SettleAsync(
            store.Items.Open(job, group.Calls.Select(call => call.Item).Distinct()), cancellationToken));
    }

    /// <summary>
    /// What is still open wants an expert to merge it: everything else was settled while panels were asked. A reload may change
    /// who merges, or that anybody must be asked for it.
    /// </summary>
    async Task MergeAsync()
    {
        while (true)
        {
            JobWorkplace place = workplace();
            var merges = MergeGroup.Of(Pages(store.Items.Open, PageSize).SelectMany(page => page), merge.Asks, place.Mixture)
                .ToLookup(group => group.Thinks);
            await SendMergesAsync([.. merges[false]], thoughts: null);
            await SendMergesAsync([.. merges[true]], place.Mixture?.Memory.Bytes);
            meter.Ended(await _settlement.SettleAllAsync(cancellationToken));
            if (store.Items.Open(job, -1, 1).Count == 0) return;
            ThrowIfCancelling();
        }

        Task SendMergesAsync(IReadOnlyList<MergeGroup> groups, long? thoughts)
        {
            JobWorkplace place = workplace();
            (string Expert, int Calls)[] calls = [.. groups.Select(group => (group.Expert, group.Calls.Count))];
            int window = groups.Count > 0 && thoughts is { } bytes ? MergeGroup.UnderWay(groups, bytes) : Window(place.Config, calls);
            return SendAsync(
                calls, GroupOrder.Messages(job, MergeGroup.Ordered(groups, place.Pool), window), window,
                _ => { meter.Recount(store.Items.Count(job)); return Task.CompletedTask; });
        }
    }

    async Task SendAsync(
        IReadOnlyList<(string Expert, int Calls)> groups, IEnumerable<AnswerGroup> messages, int window, Func<AnswerGroup, Task> answered)
    {
        if (groups.Count == 0) return;
        meter.Expect(groups);
        await new GroupStream(bus, mail, window, IsDone, time).RunAsync(
            messages,
            async group =>
            {
                ThrowIfCancelling();
                await answered(group);
                meter.Answered(group.Expert, group.Calls.Count);
            },
            cancellationToken);
    }

    /// <summary>By the store alone; no report need have come.</summary>
    bool IsDone(AnswerGroup group)
    {
        ThrowIfCancelling();
        int[] open = [.. store.Items.Open(job, group.Calls.Select(call => call.Item).Distinct()).Select(item => item.Index)];
        if (group.Stage == JobStage.Merge || open.Length == 0) return open.Length == 0;
        HashSet<CallKey> unanswered = [.. store.Calls.Of(job, open).SelectMany(item => item
            .Where(call => call.Expert == group.Expert && call.Answer is null).Select(call => new CallKey(item.Key, call.Sample)))];
        return !group.Calls.Any(unanswered.Contains);
    }

    /// <summary>As many calls again as all its experts have sequences wait for those that end; more would only wait longer.</summary>
    static int Window(OrchestratorConfig config, IReadOnlyList<(string Expert, int Calls)> groups)
    {
        HashSet<string> asked = [.. groups.Select(group => group.Expert)];
        int sequences = config.Experts.Where(expert => asked.Contains(expert.Id)).Sum(expert => expert.MaxSequences);
        return Math.Clamp(2 * sequences, 1, config.Jobs.Window);
    }

    /// <summary>Another process may have cancelled the job, which only the store tells.</summary>
    void ThrowIfCancelling()
    {
        if (store.Jobs.Find(job) is null or { State: JobState.Cancelling or JobState.Cancelled })
            throw new OperationCanceledException("The job was cancelled.");
    }

    IEnumerable<List<StoredItem>> Pages(Func<string, int, int, List<StoredItem>> read, int size)
    {
        for (List<StoredItem> page = read(job, -1, size); page.Count > 0; page = read(job, page[^1].Index, size))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
    }
}
