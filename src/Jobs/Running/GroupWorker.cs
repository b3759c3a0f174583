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

    /// <exception cref="JobStoreException">Results cannot be stored.</exception>
    public Task AnswerAsync(AnswerGroup group, CancellationToken cancellationToken) =>
        group.Stage == JobStage.Merge ? MergeAsync(group, cancellationToken) : AskAsync(group, cancellationToken);

    async Task AskAsync(AnswerGroup group, CancellationToken cancellationToken)
    {
        Dictionary<int, JobItem> items = store.Items.Open(group.Job, group.Calls.Select(call => call.Item).Distinct())
            .ToDictionary(item => item.Index, item => item.Item);
        var calls = store.Calls.Of(group.Job, items.Keys);
        await Task.WhenAll(group.Calls.Where(IsOpen).Select(AskOneAsync));

        bool IsOpen(CallKey key) =>
            calls[key.Item].Any(call => call.Expert == group.Expert && call.Sample == key.Sample && call.Answer is null);

        async Task AskOneAsync(CallKey key)
        {
            MemberAnswer answer = await AskAsync(group.Expert, key.Sample, items[key.Item], cancellationToken);
            await store.Calls.AnswerAsync(group.Job, key.Item, answer);
        }
    }

    async Task<MemberAnswer> AskAsync(string expert, int sample, JobItem item, CancellationToken cancellationToken)
    {
        var call = new ExpertCall
        {
            Request = Sampled(item.Request, sample),
            Class = RequestClass.Batch,
            AllowVariant = item.AllowVariant,
        };
        for (int attempt = 1; ; attempt++)
        {
            PanelAnswer answer = await PanelCall.Ask(expert, workplace().Pool.Get, call, cancellationToken).Answer;
            if (answer.Failure is null || !MayPass(answer.Failure.Failure) || attempt == Attempts)
                return new MemberAnswer(expert, sample, answer.Failure is null ? answer.Text : "", answer.Usage, answer.Finish)
                {
                    Variant = answer.Variant,
                    Failure = answer.Failure is null ? null : JobFailure.Of(answer.Failure),
                };
            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), time, cancellationToken);
        }
    }

    static bool MayPass(ExpertFailure failure) => failure is ExpertFailure.Unavailable or ExpertFailure.QueueFull;

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
