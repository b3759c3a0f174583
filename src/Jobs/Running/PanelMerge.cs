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
    public async Task<ItemEnd> MergeAsync(StoredItem item, IReadOnlyList<MemberAnswer> said, CancellationToken cancellationToken)
    {
        PlanFacts plan = item.Plan!;
        if (said.Count == 1) return Alone(said[0]);
        try
        {
            IEnumerable<PanelAnswer> answers = PanelCalls.IsHeard(plan) ? said.Select(answer => answer.ToPanelAnswer()) : plan.Panel.Select(PanelAnswer.NotAsked);
            var panel = new PanelAnswers(item.Item.Request, [.. answers.Zip(plan.Weights, (answer, weight) => new WeighedAnswer(answer, weight))])
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
                Heard = merged.Heard.Count == 0 ? null : [.. merged.Heard.Select(asked => MemberAnswer.Of(asked, sample: 0))],
            };
        }
        catch (ExpertException failure) when (!PanelCalls.IsHeard(plan) && plan.Reserves.Count > 0 && failure.Failure.AnotherMayHelp())
        {
            return await StandInAsync(item, plan.Reserves[0], failure, cancellationToken);
        }
        catch (ExpertException failure)
        {
            return ItemEnd.Failed(JobFailure.Of(failure));
        }
    }

    /// <summary>Where thoughts cannot be mixed, the next of the ranking answers in words.</summary>
    async Task<ItemEnd> StandInAsync(StoredItem item, string expert, ExpertException failure, CancellationToken cancellationToken)
    {
        var call = new ExpertCall { Request = item.Item.Request, Class = RequestClass.Batch, AllowVariant = item.Item.AllowVariant };
        PanelAnswer said = await PanelCall.Ask(expert, workplace().Pool.Get, call, cancellationToken).Answer;
        return said.Failure is { } problem
            ? ItemEnd.Failed(JobFailure.Of(problem))
            : new ItemEnd(said.Text, expert, said.Finish, [$"{expert} stands in: {failure.Message}"], said.Usage, null);
    }

    PanelMerger Merger(PlanFacts plan) => workplace().Merger(plan.Aggregator, plan.AggregatorExpert);

    static ItemEnd Alone(MemberAnswer said) => said.Failure is { } failure
        ? ItemEnd.Failed(failure)
        : new ItemEnd(said.Text, said.Expert, said.Finish, [], null, null);
}
