using Orchestrator.Experts.Configuration;

namespace Orchestrator.Bench.Routing;

/// <summary>One setting of the policy <c>symbolic-moe</c>.</summary>
/// <param name="Skills"><c>tagger</c> or <c>neighbours</c>.</param>
/// <param name="Scores"><c>paper</c> or <c>shrunk</c>.</param>
/// <param name="Panel">How many are drawn; the best of them answers.</param>
sealed record SkillsVariant(string Skills, string Scores, int Panel)
{
    public static IReadOnlyList<SkillsVariant> All { get; } =
    [
        .. from skills in (string[])["neighbours", "tagger"]
           from scores in (string[])["paper", "shrunk"]
           from panel in (int[])[1, 3]
           select new SkillsVariant(skills, scores, panel),
    ];

    public PolicyConfig ToPolicy() => new(
        $"{this}", "symbolic-moe", new Dictionary<string, string>(StringComparer.Ordinal) { ["skills"] = Skills, ["scores"] = Scores }, 0)
    {
        Panel = Panel,
    };
}
