using System.Text;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Bench.Routing;

/// <summary>Every variant on every profile, beside what the tagger said.</summary>
sealed class SkillsReport(
    string tagger, TaggerConfig config, IReadOnlyList<string> set, IReadOnlyDictionary<string, TaggedQuestion> validation,
    IReadOnlyDictionary<string, TaggedQuestion> questions)
{
    readonly List<(ProfileSkills Skills, SkillsVariant Variant, double Validation, double Test)> _rows = [];

    public void Add(
        ProfileSkills skills, IReadOnlyDictionary<SkillsVariant, double> crossValidated, IReadOnlyDictionary<SkillsVariant, double> judged) =>
        _rows.AddRange(SkillsVariant.All.Select(variant => (skills, variant, crossValidated[variant], judged[variant])));

    public string ToMarkdown(string machine)
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            # Skills: policy `symbolic-moe` on {questions.Count} held-out questions

            {machine}
            - share of questions whose primary is right, in percent; validation is {validation.Count} profiled questions in five parts,
              each judged by a profile of the other four: what is chosen is chosen there
            - tagger `{tagger}`: {config.Samples} answers at temperature {config.Temperature:0.##}, phrases in {config.Recur} of them;
              {Share(validation)} of the validation and {Share(questions)} of the held-out questions got phrases,
              {Distinct(validation)} and {Distinct(questions)} different ones
            - where the tagger names nothing that the profile knows, neighbours do; options of the policy: {(set.Count > 0 ? string.Join(", ", set) : "the defaults")}


            """);
        text.Append(Report.Table(
            ["skills of the profile", "of the question", "scores", "panel", "validation", "held out"],
            _rows.Select(row => (string[])
            [
                row.Skills.Words(), row.Variant.Skills, row.Variant.Scores, $"{row.Variant.Panel}",
                Report.Percent(row.Validation), Report.Percent(row.Test),
            ])));
        return text.ToString();
    }

    static string Share(IReadOnlyDictionary<string, TaggedQuestion> tags) =>
        $"{100.0 * tags.Values.Count(tag => tag.Problem is null) / tags.Count:0.0}%";

    static int Distinct(IReadOnlyDictionary<string, TaggedQuestion> tags) =>
        tags.Values.SelectMany(tag => tag.Phrases).Distinct(StringComparer.Ordinal).Count();
}
