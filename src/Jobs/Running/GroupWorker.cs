using System.Collections.Concurrent;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>Does what an <see cref="AnswerGroup"/> says: asks one expert, or has it merge, and stores each result as it comes.</summary>
sealed class GroupWorker(JobStore store, Func<JobWorkplace> workplace, PanelMerge merge, TimeProvider time)
{
    readonly Patience _patience = new(time);

    readonly ConcurrentDictionary<Guid, bool> _answering = new();

    /// <param name="own">Whether the job is run by this process, so that what it does not know nobody knows.</param>
    /// <returns>False for a message that came again while it is being answered: that is told when it is.</returns>
    /// <exception cref="IOException">Results cannot be stored, or another process must answer.</exception>
    public async Task<bool> AnswerAsync(AnswerGroup group, bool own, CancellationToken cancellationToken)
    {
        if (!_answering.TryAdd(group.Id, true)) return false;
        try
        {
            await (group.Stage == JobStage.Merge ? MergeAsync(group, cancellationToken) : AskAsync(group, own, cancellationToken));
            return true;
        }
        finally
        {
            _answering.TryRemove(group.Id, out _);
        }
    }

    async Task AskAsync(AnswerGroup group, bool own, CancellationToken cancellationToken)
    {
        Dictionary<int, StoredItem> items = store.Items.Open(group.Job, group.Calls.Select(call => call.Item).Distinct())
            .ToDictionary(item => item.Index);
        var calls = store.Calls.Of(group.Job, items.Keys);
        await Task.WhenAll(group.Calls.Where(IsOpen).Select(AskOneAsync));

        bool IsOpen(CallKey key) =>
            calls[key.Item].Any(call => call.Expert == group.Expert && call.Sample == key.Sample && call.Answer is null);

        async Task AskOneAsync(CallKey key)
        {
            MemberAnswer answer = await AskAsync(group.Expert, key.Sample, items[key.Item], cancellationToken);
            if (!own && answer.Failure?.Kind == ExpertFailure.Unknown)
                throw new IOException($"A worker that shares the queue has no expert '{group.Expert}'.");
            await store.Calls.AnswerAsync(group.Job, key.Item, answer);
        }
    }

    async Task<MemberAnswer> AskAsync(string expert, int sample, StoredItem stored, CancellationToken cancellationToken)
    {
        JobItem item = stored.Item;
        var call = new ExpertCall
        {
            Request = Sampled(stored.Request, sample),
            Class = RequestClass.Batch,
            AllowVariant = item.AllowVariant,
        };
        bool standsIn = stored.Plan is { Panel.Count: 1, Reserves.Count: > 0 };
        PanelAnswer said = await _patience.AskAsync(
            () => PanelCall.Ask(expert, workplace().Pool.Get, call, cancellationToken), !standsIn, cancellationToken);
        return MemberAnswer.Of(said, sample);
    }

    /// <summary>The same seed would give the same answer again.</summary>
    static GenerationRequest Sampled(GenerationRequest request, int sample) => sample > 0 && request.Sampling?.Seed is { } seed
        ? request with { Sampling = request.Sampling with { Seed = unchecked(seed + (uint)sample) } }
        : request;

    async Task MergeAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        List<StoredItem> items = store.Items.Open(group.Job, group.Calls.Select(call => call.Item));
        var calls = store.Calls.Of(group.Job, items.Select(item => item.Index));
        await Task.WhenAll(items.Select(async item => await store.Items.EndAsync(
            group.Job, item.Index, await merge.MergeAsync(item, PanelMerge.Said(item.Plan!, calls[item.Index]), _patience, cancellationToken))));
    }
}
