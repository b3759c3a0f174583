using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Panels;
using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Recruiting;

/// <summary>
/// Item by item, with the models of one step loaded for it and unloaded after it: what a program does that has no memory for
/// several experts and does not plan ahead. Every call asks for as many tokens as the grouped job's did.
/// </summary>
static class NaiveItems
{
    /// <param name="answers">What the grouped job made of the items, which says who was asked.</param>
    /// <param name="tagger">Asked before routing; null where nobody was.</param>
    /// <param name="merger">Asked after the panel where it was merged by an expert.</param>
    /// <returns>Milliseconds a item, and loads.</returns>
    public static async Task<(double MillisecondsPerItem, int Loads)> RunAsync(
        ExpertPool pool, IReadOnlyList<(JobItem Item, JobAnswer Answer)> answers, (string Expert, int Samples)? tagger, string? merger,
        CancellationToken cancellationToken)
    {
        int loads = 0;
        long start = TimeProvider.System.GetTimestamp();
        foreach ((JobItem item, JobAnswer answer) in answers)
        {
            if (tagger is { } tagging)
                await StepAsync(tagging.Expert, item.Request, tagging.Samples);
            foreach (MemberAnswer member in answer.Members)
                await StepAsync(member.Expert, item.Request, 1);
            if (merger is not null && answer.MergeUsage is not null)
                await StepAsync(merger, item.Request, 1);
        }
        return (TimeProvider.System.GetElapsedTime(start).TotalMilliseconds / answers.Count, loads);

        async Task StepAsync(string expert, GenerationRequest request, int samples)
        {
            var call = new ExpertCall { Request = request, AllowVariant = false };
            await PanelRun.AskAsync(Enumerable.Repeat(expert, samples), pool.Get, call, cancellationToken);
            pool.Unload(expert);
            while (pool.Measure().Held.Cpu > 0)
                await Task.Yield();
            loads++;
        }
    }
}
