using System.Text;
using Orchestrator.Aggregator;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Jobs.Planning;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Running;

/// <summary>Makes one end of what a panel said.</summary>
sealed class PanelMerge(Func<JobWorkplace> workplace)
{
    /// <summary>What the panel said, in the order of its places; those that were not asked or have not answered are left out.</summary>
    public static IReadOnlyList<MemberAnswer> Said(PlanFacts plan, IEnumerable<(string Expert, int Sample, MemberAnswer? Answer)> calls)
    {
        Dictionary<(string, int), MemberAnswer> answers = calls.Where(call => call.Answer is not null)
            .ToDictionary(call => (call.Expert, call.Sample), call => call.Answer!);
        return [.. PanelCalls.Places(plan).Where(answers.ContainsKey).Select(place => answers[place])];
    }

    /// <summary>The expert that is needed to merge the item's panel; null when none is.</summary>
    public string? Asks(PlanFacts plan) =>
        plan.Panel.Count == 1 ? null : PanelCalls.IsHeard(plan) ? Merger(plan).Expert : plan.Panel[0];

    /// <param name="said">One answer for each place of the panel; none where the aggregator asks the panel itself.</param>
    /// <param name="patience">For failures of those that merging asks; null where it asks nobody.</param>
    public async Task<ItemEnd> MergeAsync(
        StoredItem item, IReadOnlyList<MemberAnswer> said, Patience? patience, CancellationToken cancellationToken)
    {
        if (said.Count == 1) return Alone(said[0]);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                ItemEnd end = await AttemptAsync(item, said, cancellationToken);
                patience?.Answered(end.Expert);
                foreach (MemberAnswer heard in end.Heard?.Where(heard => heard.Failure is null) ?? []) patience?.Answered(heard.Expert);
                return end;
            }
            catch (ExpertException failure)
            {
                if (patience is null) return ItemEnd.Failed(JobFailure.Of(failure));
                if (!await patience.PassesAsync(failure, attempt, waitsForLoads: true, cancellationToken))
                    return await StandInAsync(item, failure, patience, cancellationToken);
            }
        }
    }

    async Task<ItemEnd> AttemptAsync(StoredItem item, IReadOnlyList<MemberAnswer> said, CancellationToken cancellationToken)
    {
        PlanFacts plan = item.Plan!;
        IEnumerable<PanelAnswer> answers = PanelCalls.IsHeard(plan)
            ? said.Select(answer => answer.ToPanelAnswer())
            : plan.Panel.Select(PanelAnswer.NotAsked);
        var panel = new PanelAnswers(item.Request, [.. answers.Zip(plan.Weights, (answer, weight) => new WeighedAnswer(answer, weight))])
        {
            Class = RequestClass.Batch,
            AllowVariant = item.Item.AllowVariant,
        };
        await using MergedAnswer merged = await Merger(plan).Aggregator.MergeAsync(panel, cancellationToken);
        var text = new StringBuilder();
        var last = default(GenerationChunk);
        await foreach (GenerationChunk chunk in merged.Chunks.WithCancellation(cancellationToken))
        {
            text.Append(chunk.Text);
            last = chunk;
        }
        return new ItemEnd(text.ToString(), merged.Expert, last.Finish, merged.Reasons, last.Usage, null)
        {
            Heard = Members(merged.Heard),
        };
    }

    /// <summary>Where thoughts cannot be mixed, the next of the ranking answers in words.</summary>
    async Task<ItemEnd> StandInAsync(StoredItem item, ExpertException failure, Patience patience, CancellationToken cancellationToken)
    {
        PlanFacts plan = item.Plan!;
        if (PanelCalls.IsHeard(plan) || plan.Reserves.Count == 0 || !failure.Failure.AnotherMayHelp())
            return ItemEnd.Failed(JobFailure.Of(failure));
        string expert = plan.Reserves[0];
        var call = new ExpertCall { Request = item.Request, Class = RequestClass.Batch, AllowVariant = item.Item.AllowVariant };
        PanelAnswer said = await patience.AskAsync(
            () => PanelCall.Ask(expert, workplace().Pool.Get, call, cancellationToken), waitsForLoads: true, cancellationToken);
        return said.Failure is { } problem
            ? ItemEnd.Failed(JobFailure.Of(problem))
            : new ItemEnd(said.Text, expert, said.Finish, [$"{expert} stands in: {failure.Message}"], said.Usage, null)
            {
                Heard = Members(failure.Heard),
            };
    }

    static IReadOnlyList<MemberAnswer>? Members(IReadOnlyList<PanelAnswer> heard) =>
        heard.Count == 0 ? null : [.. heard.Select(asked => MemberAnswer.Of(asked, sample: 0))];

    PanelMerger Merger(PlanFacts plan) => workplace().Merger(plan.Aggregator, plan.AggregatorExpert);

    static ItemEnd Alone(MemberAnswer said) => said.Failure is { } failure
        ? ItemEnd.Failed(failure)
        : new ItemEnd(said.Text, said.Expert, said.Finish, [], null, null);
}
