using Orchestrator.Experts.Catalog;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Commands;

/// <summary><c>profile --tag</c>: the skills of the questions, before any expert is asked.</summary>
static class TagStep
{
    /// <exception cref="ConfigException">No tagger is configured.</exception>
    public static void Check(OrchestratorConfig config)
    {
        if (config.Router.Tagger.Expert is null)
            throw new ConfigException(["--tag needs a tagger: set router.tagger.expert in the configuration."]);
    }

    /// <param name="path">The outcome table, whose tags are kept.</param>
    /// <returns>The questions with their skills; null when the tagger answered none.</returns>
    public static async Task<IReadOnlyList<ProfileQuestion>?> RunAsync(
        OrchestratorConfig config, ExpertPool pool, IReadOnlyList<ProfileQuestion> questions, string path, bool again,
        CancellationToken cancellationToken)
    {
        var tagger = SkillTagger.From(config, pool.Get)!;
        var earlier = File.Exists(path) ? OutcomeFile.Read(path) : OutcomeTable.Empty;
        var report = await new TagJob(tagger).RunAsync(questions, earlier, again, new Progress(tagger.Expert), cancellationToken);
        Console.Error.WriteLine(
            $"{tagger.Expert}: {report.Tagged.Count} questions tagged ({report.Without} without a phrase that recurs), {report.Kept} kept, "
            + $"{report.Usage.PromptTokens} tokens read and {report.Usage.CompletionTokens} written");
        if (report.Failed > 0) Console.Error.WriteLine($"{report.Failed} questions could not be tagged, the first: {report.Problem}");
        return report.Failed > 0 && report.Failed == report.Tagged.Count ? null : report.Questions;
    }

    /// <summary>Rewritten in place on a terminal, silent elsewhere.</summary>
    sealed class Progress(string tagger) : IProgress<int>
    {
        public void Report(int value)
        {
            if (!Console.IsErrorRedirected) Console.Error.Write($"\r{tagger}: {value} questions tagged");
        }
    }
}
