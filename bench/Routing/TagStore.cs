using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Bench.Routing;

/// <summary>Tags questions once and keeps what the tagger said as a table without experts.</summary>
sealed class TagStore(SkillTagger tagger, TaggerConfig config, string folder, bool refresh)
{
    public async Task<IReadOnlyDictionary<string, TaggedQuestion>> TagAsync(
        string name, IReadOnlyList<ProfileQuestion> questions, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{name}.jsonl");
        OutcomeTable earlier = File.Exists(path) ? OutcomeFile.Read(path) : OutcomeTable.Empty;
        // Without the labels: what is kept is what the tagger said.
        TagReport report = await new TagJob(tagger).RunAsync(
            [.. questions.Select(question => question with { Skills = [] })], earlier, refresh, cancellationToken: cancellationToken);
        OutcomeFile.Write(path, new OutcomeTable(
            tagger.Expert, [], [.. report.Questions.Select(Row)]));
        await Console.Error.WriteLineAsync(
            $"{name}: {report.Tagged.Count} tagged, {report.Kept} kept, {report.Without} without, {report.Failed} failed, {report.Usage}");
        return report.Questions.ToDictionary(question => question.Id, Tagged, StringComparer.Ordinal);
    }

    /// <summary>Its skills are all the tagger's; a question of which it said nothing is asked about again.</summary>
    static OutcomeRow Row(ProfileQuestion question) => new(question.Id, question.Question, question.Skills, [])
    {
        Tagged = question.Skills.Count > 0 ? question.Skills : null,
    };

    TaggedQuestion Tagged(ProfileQuestion question) =>
        new(tagger.Expert, question.Skills, config.Samples, new TokenUsage(0, 0))
        {
            Problem = question.Skills.Count > 0 ? null : "Nothing recurs.",
        };
}
