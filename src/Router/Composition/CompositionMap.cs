namespace Orchestrator.Router.Composition;

/// <summary>Who answers a category.</summary>
/// <param name="Category">Its name.</param>
/// <param name="Share">Share of the questions predicted as it.</param>
/// <param name="Expert">Who answers.</param>
/// <param name="Value">Expected score of the expert there.</param>
/// <param name="Count">Outcomes behind the value.</param>
sealed record CategoryChoice(string Category, double Share, string Expert, double Value, double Count);

/// <summary>The second step of a composition of experts: category → expert.</summary>
sealed record CompositionMap
{
    /// <summary>One for each category, in the order of the categories.</summary>
    public required IReadOnlyList<CategoryChoice> Choices { get; init; }

    /// <summary>Expected mean score: Σ share · value.</summary>
    public required double Quality { get; init; }

    /// <summary>How much higher the quality of the best map within the budgets can be at most; 0 when this one is exact.</summary>
    public required double Gap { get; init; }

    /// <summary>Bytes of all experts that answer some category; null when one's size is unknown.</summary>
    public required long? ResidentBytes { get; init; }

    /// <summary>Σ share · active parameters; null when one's are unknown.</summary>
    public required double? MeanActiveParameters { get; init; }

    /// <summary>Sentences for people.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Experts that answer some category, in the order of the first one.</summary>
    public IReadOnlyList<string> Resident => [.. Choices.Select(choice => choice.Expert).Distinct()];
}
