namespace Orchestrator.Router.Composition;

/// <summary>Something a request wants less of: memory, time, cost, age, a licence's terms.</summary>
/// <param name="Name">As it is to be read in a reason, such as <c>cost</c>.</param>
/// <param name="Weight">λ: expected loss that the pool's whole spread of the constraint is worth; not negative.</param>
/// <param name="Values">One for each expert, in any unit, less is better; null is unknown.</param>
/// <param name="Required">Whether an expert of unknown value is not to be chosen at all.</param>
sealed record RoutingConstraint(string Name, double Weight, IReadOnlyList<double?> Values, bool Required = false);

/// <param name="Expert">Index of the expert.</param>
/// <param name="Objective">Predicted loss + Σ λ · constraint; infinite for an excluded expert.</param>
/// <param name="Excluded">Whether a required value of it is unknown.</param>
/// <param name="Reasons">Sentences on what is unknown.</param>
sealed record ConstrainedChoice(int Expert, double Objective, bool Excluded, IReadOnlyList<string> Reasons);

/// <summary>
/// Tryage's objective, argmin over experts m of L̂(x, m) + Σ_j λ_j · C_j(m), with every constraint brought to 0…1 over the
/// pool so that λ does not depend on units. An unknown value is charged the mean of the pool's known ones, never 0.
/// </summary>
static class ConstrainedLoss
{
    /// <param name="losses">Predicted loss of each expert, such as 1 − expected score; not a number excludes the expert.</param>
    /// <param name="constraints">May be empty.</param>
    /// <returns>The best first; excluded experts last.</returns>
    /// <exception cref="ArgumentException">A constraint has not one value for each expert, or its weight is negative.</exception>
    public static IReadOnlyList<ConstrainedChoice> Rank(
        IReadOnlyList<double> losses, IReadOnlyList<RoutingConstraint> constraints)
    {
        foreach (RoutingConstraint constraint in constraints)
        {
            if (constraint.Values.Count != losses.Count)
                throw new ArgumentException(
                    $"{constraint.Name} has {constraint.Values.Count} values for {losses.Count} experts.", nameof(constraints));
            if (!(constraint.Weight >= 0) || !double.IsFinite(constraint.Weight))
                throw new ArgumentException(
                    $"The weight of {constraint.Name} is {constraint.Weight}; it must not be negative.", nameof(constraints));
            if (constraint.Values.Any(value => value is { } known && !double.IsFinite(known)))
                throw new ArgumentException($"{constraint.Name} has a value that is not finite.", nameof(constraints));
        }
        double?[][] normal = [.. constraints.Select(constraint => Normal(constraint.Values))];
        double[] means = [.. normal.Select(values => values.Average() ?? 0)];
        return [.. losses.Select((loss, expert) => Choice(expert, loss))
            .OrderBy(choice => choice.Excluded).ThenBy(choice => choice.Objective).ThenBy(choice => choice.Expert)];

        ConstrainedChoice Choice(int expert, double loss)
        {
            List<string> reasons = [];
            double objective = loss;
            bool excluded = double.IsNaN(loss);
            if (excluded)
                reasons.Add("Its loss is unknown: it cannot be chosen.");
            for (int i = 0; i < constraints.Count; i++)
            {
                objective += constraints[i].Weight * (normal[i][expert] ?? means[i]);
                if (normal[i][expert] is not null)
                    continue;
                excluded |= constraints[i].Required;
                reasons.Add(constraints[i].Required
                    ? $"Its {constraints[i].Name} is unknown, and required: it cannot be chosen."
                    : $"Its {constraints[i].Name} is unknown: it is charged the pool's mean.");
            }
            return new ConstrainedChoice(expert, excluded ? double.PositiveInfinity : objective, excluded, reasons);
        }
    }

    /// <returns>Known values over the pool: 0 for the least, 1 for the greatest; 0 for all where they are the same.</returns>
    public static double?[] Normal(IReadOnlyList<double?> values)
    {
        double? least = values.Min();
        double? spread = values.Max() - least;
        return [.. values.Select(value => spread > 0 ? (value - least) / spread : value - value)];
    }
}
