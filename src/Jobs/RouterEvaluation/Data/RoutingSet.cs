using Orchestrator.Jobs.Evaluation;

namespace Orchestrator.Jobs.RouterEvaluation.Data;

/// <summary>Recorded outcomes to train and judge routers on.</summary>
/// <param name="Experts">The order of the outcomes in every row.</param>
public sealed record RoutingSet(string Name, IReadOnlyList<string> Experts, IReadOnlyList<RoutingRow> Rows)
{
    /// <summary>The rows of one set to train on, those of another to test on.</summary>
    /// <exception cref="EvalException">An expert of one is missing in the other.</exception>
    public static RoutingSet Of(RoutingSet train, RoutingSet test)
    {
        RoutingSet aligned = test.OnlyExperts(train.Experts);
        if (aligned.Experts.Count < test.Experts.Count)
            throw new EvalException($"{train.Name} lacks experts that {test.Name} has: {string.Join(", ", test.Experts.Except(train.Experts))}.");
        return new RoutingSet($"{train.Name}, {test.Name}", train.Experts,
            [.. train.Rows.Select(row => row with { Split = "train" }), .. aligned.Rows.Select(row => row with { Split = "test" })]);
    }

    /// <summary>These columns only, in the order given.</summary>
    /// <exception cref="EvalException">One of them is not there, or none is named.</exception>
    public RoutingSet OnlyExperts(IReadOnlyList<string> experts)
    {
        string[] unknown = [.. experts.Where(expert => !Experts.Contains(expert))];
        if (unknown.Length > 0 || experts.Count == 0)
            throw new EvalException($"{Name} has no outcomes of '{string.Join("', '", unknown)}'; it has {string.Join(", ", Experts)}.");
        int[] columns = [.. experts.Distinct(StringComparer.Ordinal).Select(expert => Experts.ToList().IndexOf(expert))];
        return this with
        {
            Experts = [.. columns.Select(column => Experts[column])],
            Rows = [.. Rows.Select(row => row with
            {
                Outcome = row.Outcome with { Outcomes = [.. columns.Select(column => row.Outcome.Outcomes[column])] },
            })],
        };
    }
}
