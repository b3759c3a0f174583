using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>Values to try of a strategy's options, written <c>nearest.neighbours=8,24</c>: all combinations are candidates.</summary>
public static class OptionGrid
{
    /// <returns>The contenders, those of the strategies named with the combinations as candidates.</returns>
    /// <exception cref="EvalException">A text is not of that form, or names a strategy that no contender has.</exception>
    public static IReadOnlyList<Contender> Apply(IReadOnlyList<Contender> contenders, IReadOnlyList<string> tries)
    {
        ILookup<string, (string Option, string[] Values)> grid = tries.Select(Parse).ToLookup(entry => entry.Strategy, entry => (entry.Option, entry.Values));
        string? unknown = grid.Select(group => group.Key).FirstOrDefault(strategy => contenders.All(contender => contender.Name != strategy));
        if (unknown is not null)
            throw new EvalException($"--try names '{unknown}', which is not evaluated; there are {string.Join(", ", contenders.Select(contender => contender.Name))}.");
        return [.. contenders.Select(contender => contender with
        {
            Candidates = [.. grid[contender.Name].Aggregate(contender.Candidates.AsEnumerable(), (candidates, entry) =>
                candidates.SelectMany(candidate => entry.Values.Select(value => With(candidate, entry.Option, value))))],
        })];
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
