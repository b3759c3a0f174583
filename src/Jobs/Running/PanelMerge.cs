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
    public string? Asks(PlanFacts plan) => plan.Panel.Count == 1 ? null : Merger(plan).Expert;

    /// <param name="said">One answer for each place of the panel.</param>
    public async Task<ItemEnd> MergeAsync(StoredItem item, IReadOnlyList<MemberAnswer> said, CancellationToken cancellationToken)
    {
        PlanFacts plan = item.Plan!;
        if (said.Count == 1) return Alone(said[0]);
        try
        {
            var panel = new PanelAnswers(item.Item.Request, [.. said.Select((answer, place) => Weighed(answer, plan.Weights[place]))])
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
            return new ItemEnd(text.ToString(), merged.Expert, last.Finish, merged.Reasons, last.Usage, null);
        }
        catch (ExpertException failure)
        {
            return ItemEnd.Failed(JobFailure.Of(failure));
        }
    }

    PanelMerger Merger(PlanFacts plan) => workplace().Merger(plan.Aggregator, plan.AggregatorExpert);

    static ItemEnd Alone(MemberAnswer said) => said.Failure is { } failure
        ? ItemEnd.Failed(failure)
        : new ItemEnd(said.Text, said.Expert, said.Finish, [], null, null);

    static WeighedAnswer Weighed(MemberAnswer said, double weight) => new(
        new PanelAnswer(said.Expert, said.Text, said.Usage, said.Finish, said.Failure?.ToException()) { Variant = said.Variant }, weight);
}
