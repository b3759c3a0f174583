using Orchestrator.Bench.Loading.Answering;
using Orchestrator.Bench.Loading.Job;
using Orchestrator.Experts;
using Orchestrator.Experts.Panels;

namespace Orchestrator.Bench.Loading.Panels;

/// <summary>All panels given to the pool at once.</summary>
static class PanelJob
{
    public static async Task<JobRun> RunAsync(
        ScenarioContext context, PoolAnswerer pool, IReadOnlyList<PanelDraw> panels, CancellationToken cancellationToken)
    {
        IReadOnlyList<PanelAnswer>[] answers = [];
        double before = pool.ProcessorSeconds;
        double milliseconds = await context.TimeAsync(
            async () => answers = await Task.WhenAll([.. panels.Select(AskAsync)]));
        return JobRun.Of(
            "all panels at once", [.. answers.SelectMany(panel => panel).Select(OutcomeOf)], milliseconds,
            pool.ProcessorSeconds - before, pool.Loads);

        Task<IReadOnlyList<PanelAnswer>> AskAsync(PanelDraw panel) => PanelRun.AskAsync(
            panel.Members,
            pool.Get,
            // Nobody watches a single answer, so none of them may become overdue and break up a group.
            new ExpertCall
            {
                Request = PoolAnswerer.Request(panel.Question, context.Options.Tokens),
                Class = RequestClass.Batch,
            },
            cancellationToken);
    }

    /// <summary>Without times: a panel is there when its last answer is.</summary>
    static Outcome OutcomeOf(PanelAnswer answer) => new(
        new Answer(default, default, answer.Usage?.PromptTokens ?? 0, answer.Usage?.CompletionTokens ?? 0),
        answer.Failure?.Message);
}
