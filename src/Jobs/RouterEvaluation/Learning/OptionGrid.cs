using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>Values to try of a strategy's options, written <c>nearest.neighbours=8,24</c>: all combinations are candidates.</summary>
public static class OptionGrid
{
    /// <returns>The contenders, those of the strategies named with the combinations as candidates.</returns>
    /// <exception cref="EvalException">A text is not of that form, names a strategy that no contender has, or an option or value that it has not.</exception>
    public static IReadOnlyList<Contender> Apply(IReadOnlyList<Contender> contenders, IReadOnlyList<string> tries)
    {
        ILookup<string, (string Option, string[] Values)> grid = tries.Select(Parse).ToLookup(entry => entry.Strategy, entry => (entry.Option, entry.Values));
        string? unknown = grid.Select(group => group.Key).FirstOrDefault(strategy => contenders.All(contender => contender.Name != strategy));
        if (unknown is not null)
            throw new EvalException($"--try names '{unknown}', which is not evaluated; there are {string.Join(", ", contenders.Select(contender => contender.Name))}.");
        Contender[] applied = [.. contenders.Select(contender => contender with
        {
            Candidates = [.. grid[contender.Name].Aggregate(contender.Candidates.AsEnumerable(), (candidates, entry) =>
                candidates.SelectMany(candidate => entry.Values.Select(value => With(candidate, entry.Option, value))))],
        })];
        Check(applied.Where(contender => grid.Contains(contender.Name)).SelectMany(contender => contender.Candidates));
        return applied;
    }

    /// <summary>Fits them to one question, which takes no time: an option that is wrong is told before hours of others.</summary>
    static void Check(IEnumerable<PolicyConfig> candidates)
    {
        var trial = new RouterTrial(new OutcomeTable("one question", ["x"], [new OutcomeRow("1", "?", [], [new Outcome(1, null)])]), QuestionSpace.Hashed(["?"]));
        var problems = new List<string>();
        foreach (PolicyConfig candidate in candidates)
            trial.Fit(candidate, problems);
        if (problems.Count > 0)
            throw new EvalException($"--try: {string.Join('\n', problems.Distinct().Select(Learner.WithoutLine))}");
    }

    static (string Strategy, string Option, string[] Values) Parse(string text)
    {
        string[] sides = text.Split('=', 2), names = sides[0].Split('.', 2);
        string[] values = sides.Length == 2 ? sides[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        return names.Length == 2 && names.All(name => name.Length > 0) && values.Length > 0
            ? (names[0], names[1], values)
            : throw new EvalException($"--try is '{text}', but must be STRATEGY.OPTION=VALUE,VALUE as in nearest.neighbours=8,24.");
    }

    static PolicyConfig With(PolicyConfig policy, string option, string value) =>
        policy with { Options = new Dictionary<string, string>(policy.Options, StringComparer.Ordinal) { [option] = value } };
}
