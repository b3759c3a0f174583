using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>Reads what came of a job's items, page by page.</summary>
sealed class AnswerReader(JobStore store, string job)
{
    const int PageSize = 512;

    /// <summary>The items that have ended so far, in their order.</summary>
    public IEnumerable<JobAnswer> Ended()
    {
        for (List<StoredItem> page = store.Items.Ended(job, -1, PageSize); page.Count > 0;
            page = store.Items.Ended(job, page[^1].Index, PageSize))
        {
            var calls = store.Calls.Of(job, page.Select(item => item.Index));
            foreach (StoredItem item in page) yield return Answer(item, [.. calls[item.Index].Select(call => call.Answer).OfType<MemberAnswer>()]);
        }
    }

    /// <summary>The keys of the others, in their order.</summary>
    public IEnumerable<string> OpenKeys()
    {
        for (var page = store.Items.OpenKeys(job, -1, PageSize); page.Count > 0; page = store.Items.OpenKeys(job, page[^1].Item, PageSize))
            foreach ((_, string key) in page) yield return key;
    }

    static JobAnswer Answer(StoredItem item, IReadOnlyList<MemberAnswer> members)
    {
        ItemEnd end = item.End!;
        var answer = new JobAnswer
        {
            Index = item.Index,
            Key = item.Item.Key,
            Text = end.Text,
            Expert = end.Expert,
            Finish = end.Finish,
            Plan = item.Plan,
            MergeReasons = end.Reasons,
            Members = members,
            Heard = end.Heard ?? [],
            MergeUsage = end.MergeUsage,
            Failure = end.Failure,
        };
        TokenUsage[] usages = [.. answer.CallUsages.Select(call => call.Usage)];
        return answer with { Usage = TokenUsage.Sum(usages), Calls = usages.Length };
    }
}
