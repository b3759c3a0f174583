namespace Orchestrator.Router.Routing.Trials;

/// <summary>A composition of experts as it was fitted, for people.</summary>
public sealed record Composed
{
    public required IReadOnlyList<ComposedCategory> Categories { get; init; }

    /// <summary>Whether the table names the categories; otherwise they were found by clustering.</summary>
    public required bool CategoriesAreGiven { get; init; }

    /// <summary>Share of the labelled questions whose category the classifier names without having seen them.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Above 1 where the classifier was surer than right, and its probabilities were softened.</summary>
    public required double Temperature { get; init; }

    /// <summary>Who answers where the likeliest category is less probable than <see cref="Floor"/>.</summary>
    public required string Generalist { get; init; }

    public required double Floor { get; init; }

    /// <summary>Expected mean score of the map, and of the best one without budgets.</summary>
    public required double Quality { get; init; }

    public required double QualityWithoutBudget { get; init; }

    /// <summary>Mean score on profiled questions, each by a composition that was fitted without its fold.</summary>
    public required double HeldOut { get; init; }

    /// <summary>The expert of the highest mean, and that.</summary>
    public required (string Expert, double Score) BestSingle { get; init; }

    public required Spent Resident { get; init; }

    public required Spent Active { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>A category of the map.</summary>
/// <param name="Share">Of the questions, as the classifier sees them.</param>
/// <param name="Value">What the expert is expected to score there.</param>
/// <param name="Outcomes">How many of its outcomes that rests on, by the probability of the category.</param>
public sealed record ComposedCategory(string Name, double Share, string Expert, double Value, double Outcomes);

/// <summary>A budget and what the map uses of it; null is no limit, or unknown.</summary>
public sealed record Spent(double? Limit, double? Used);
