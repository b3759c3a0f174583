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
    /// <summary>An engine that broke or a full queue may be back in a moment.</summary>
    const int Attempts = 4;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    readonly LoadPatience _loads = new(time);

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
            Request = Sampled(item.Request, sample),
            Class = RequestClass.Batch,
            AllowVariant = item.AllowVariant,
        };
        for (int attempt = 1; ; attempt++)
        {
            PanelAnswer answer = await PanelCall.Ask(expert, workplace().Pool.Get, call, cancellationToken).Answer;
            if (answer.Failure?.Failure != ExpertFailure.LoadFailed) _loads.Loaded(expert);
            if (Pause(answer.Failure, stored.Plan!, attempt) is not { } pause)
                return MemberAnswer.Of(answer, sample);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Null when asking again would not help, or somebody else can be asked at once.</summary>
    TimeSpan? Pause(ExpertException? failure, PlanFacts plan, int attempt) => failure?.Failure switch
    {
        ExpertFailure.Unavailable or ExpertFailure.QueueFull when attempt < Attempts => FirstPause * Math.Pow(2, attempt - 1),
        ExpertFailure.LoadFailed when plan is not { Panel.Count: 1, Reserves.Count: > 0 } => _loads.Failed(failure.Expert, failure.RetryAfter),
        _ => null,
    };

    /// <summary>The same seed would give the same answer again.</summary>
    static GenerationRequest Sampled(GenerationRequest request, int sample) => sample > 0 && request.Sampling?.Seed is { } seed
        ? request with { Sampling = request.Sampling with { Seed = unchecked(seed + (uint)sample) } }
        : request;

    async Task MergeAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        List<StoredItem> items = store.Items.Open(group.Job, group.Calls.Select(call => call.Item));
        var calls = store.Calls.Of(group.Job, items.Select(item => item.Index));
        await Task.WhenAll(items.Select(async item => await store.Items.EndAsync(
            group.Job, item.Index, await merge.MergeAsync(item, PanelMerge.Said(item.Plan!, calls[item.Index]), cancellationToken))));
    }
}
