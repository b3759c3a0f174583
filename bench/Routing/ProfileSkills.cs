using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Bench.Routing;

/// <summary>Which skills the profiled questions have.</summary>
enum ProfileSkills
{
    Labels,
    LabelsAndPhrases,
    Phrases,
}

static class ProfileSkillsExtensions
{
    public static string Words(this ProfileSkills skills) => skills switch
    {
        ProfileSkills.Labels => "labels",
        ProfileSkills.Phrases => "phrases",
        _ => "labels and phrases",
    };

    public static OutcomeTable Of(
        this ProfileSkills skills, IReadOnlyList<ProfileQuestion> questions, OutcomeTable profile,
        IReadOnlyDictionary<string, TaggedQuestion> tags)
    {
        var labels = questions.ToDictionary(question => question.Id, question => question.Skills, StringComparer.Ordinal);
        return new OutcomeTable(profile.Source, profile.Experts, [.. profile.Rows.Select(row => row with { Skills = For(row.Id) })]);

        string[] For(string id) =>
        [
            .. skills == ProfileSkills.Phrases ? [] : labels[id],
            .. skills == ProfileSkills.Labels ? [] : tags[id].Phrases,
        ];
    }
}
