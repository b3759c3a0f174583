using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Tests.Skills;

/// <summary>
/// A table small enough for sums by hand, right/wrong by skill:
/// <code>
///            alg   gen   bad
/// algebra    9/1   7/3   2/8
/// biology    1/4   4/1   1/4
/// </code>
/// </summary>
static class SkillTables
{
    public static OutcomeTable Worked { get; } = new(
        "worked by hand",
        ["alg", "gen", "bad"],
        [
            .. Enumerable.Range(0, 10)
                .Select(i => Row($"algebra-{i}", $"Solve the equation {i}x = 7 for x.", ["algebra"], i < 9, i < 7, i < 2)),
            .. Enumerable.Range(0, 5)
                .Select(i => Row($"biology-{i}", $"Which organ of a frog is number {i}?", ["biology"], i < 1, i < 4, i < 1)),
        ]);

    public static HashSet<string> All { get; } = ["alg", "gen", "bad"];

    /// <summary>One expert that was right everywhere; row n is question n.</summary>
    public static OutcomeTable Needing(params string[][] skills) =>
        new("", ["alg"], [.. skills.Select((needed, i) => Row($"{i}", $"Question {i}", needed, true))]);

    static OutcomeRow Row(string id, string question, string[] skills, params bool[] right) =>
        new(id, question, skills, [.. right.Select(r => (Outcome?)new Outcome(r ? 1 : 0, 5))]);
}
