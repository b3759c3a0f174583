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

    /// <param name="set">Further options, each as name=value.</param>
    public PolicyConfig ToPolicy(IReadOnlyList<string> set)
    {
        Dictionary<string, string> options = set.Select(option => option.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        options["skills"] = Skills;
        options["scores"] = Scores;
        return new PolicyConfig($"{this}", "symbolic-moe", options, 0) { Panel = Panel };
    }
}
