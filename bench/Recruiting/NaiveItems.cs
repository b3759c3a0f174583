using Orchestrator.Aggregator;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Composition;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Bench.Recruiting;

/// <summary>
/// One item after the other, one expert after the other: the same tagging, the same panel and the same merging as the grouped
/// job, without a plan for the file.
/// </summary>
static class NaiveItems
{
    /// <param name="unload">
    /// Whether each expert is unloaded after its step, as a program does that has no memory for several; otherwise the pool keeps
    /// what fits.
    /// </param>
    /// <param name="answers">What the grouped job made of the items, which says who was asked.</param>
    /// <returns>Milliseconds an item, and loads.</returns>
    public static async Task<(double MillisecondsPerItem, long Loads)> RunAsync(
        Service service, bool unload, IReadOnlyList<(JobItem Item, JobAnswer Answer)> answers, CancellationToken cancellationToken)
    {
        long before = Loads();
        long start = TimeProvider.System.GetTimestamp();
        foreach ((JobItem item, JobAnswer answer) in answers)
        {
            if (service.Tagger is { } tagger && service.Router.WantsTags(item.Model))
            {
                await tagger.TagAsync(item.Question, RequestClass.Interactive, cancellationToken);
                await EndAsync(tagger.Expert);
            }
            if (answer.Plan is { } plan)
                await AnswerAsync(item, plan);
        }
        return (TimeProvider.System.GetElapsedTime(start).TotalMilliseconds / answers.Count, Loads() - before);

        async Task AnswerAsync(JobItem item, PlanFacts plan)
        {
            var call = new ExpertCall { Request = item.Request, AllowVariant = false };
            var said = new List<WeighedAnswer>();
            foreach ((string expert, double weight) in plan.Panel.Zip(plan.Weights))
            {
                said.Add(new WeighedAnswer((await PanelRun.AskAsync([expert], service.Pool.Get, call, cancellationToken))[0], weight));
                await EndAsync(expert);
            }
            IAggregator aggregator = AggregatorRegistry.Create(plan.Aggregator, service.Merging, plan.AggregatorExpert);
            await using MergedAnswer merged = await aggregator.MergeAsync(new PanelAnswers(item.Request, said), cancellationToken);
            await foreach (var _ in merged.Chunks) { }
            await EndAsync(merged.Expert);
        }

        async Task EndAsync(string expert)
        {
            if (!unload)
                return;
            service.Pool.Unload(expert);
            while (service.Pool.Measure().Held.Cpu > 0)
                await Task.Yield();
        }

        long Loads() => service.Pool.Snapshot().Sum(expert => expert.Loads);
    }
}
