using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Categories;
using Orchestrator.Router.Composition;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>composition</c>.</summary>
sealed record CompositionOptions : CategoryOptions
{
    /// <summary>n₀: outcomes at its own mean that every expert is given in every category.</summary>
    [Range(0.01, 10_000.0)]
    public double Prior { get; init; } = 8;

    /// <summary>MiB that all experts of the map may take together; 0 is no limit.</summary>
    [Range(0.0, 1e9)]
    public double ResidentMib { get; init; }

    /// <summary>Million parameters that answer a question in the mean; 0 is no limit.</summary>
    [Range(0.0, 1e9)]
    public double ActiveMillions { get; init; }

    /// <summary>Who answers a question of uncertain category; nothing is the best of the map over all questions.</summary>
    public string Generalist { get; init; } = "";

    /// <summary>Probability of the likeliest category up to which the generalist answers; below 0 it is fitted on held-out questions.</summary>
    [Range(-1.0, 1.0)]
    public double Floor { get; init; } = -1;

    public CompositionBudget Budget => new(
        ResidentMib > 0 ? (long)(ResidentMib * (1 << 20)) : null, ActiveMillions > 0 ? Math.Round(ActiveMillions * 1e6) : null);
}

/// <summary>
/// Composition of Experts: a classifier names the question's category, and a map that was chosen under a budget names the
/// category's expert. Where the category is uncertain a generalist answers. docs/algorithms.md has the equations.
/// </summary>
sealed class CompositionStrategy : ScoringStrategy
{
    /// <summary>Keeps the order of those whom the map did not choose, behind the one it chose.</summary>
    const double Behind = 1e-6;

    readonly ComposedExperts _composed;

    /// <exception cref="CompositionException">No composition fits the budget; the message names the smallest that works.</exception>
    public CompositionStrategy(Profile profile, CompositionOptions options)
        : base(profile) => _composed = new ComposedExperts(profile, options);

    public ComposedExperts Composed => _composed;

    public override void Expect(ProfiledQuestion question, Span<double> scores)
    {
        double[] probabilities = _composed.Categories.Predict(question);
        int category = ComposedExperts.Likeliest(probabilities);
        int chosen = _composed.ExpertFor(probabilities);
        // What it is worth by all categories that the question may be of.
        for (int column = 0; column < scores.Length; column++)
            scores[column] = _composed.Expected(probabilities, column);
        double best = scores[chosen];
        for (int column = 0; column < scores.Length; column++)
        {
            if (column != chosen && scores[column] >= best)
                scores[column] = best - Behind * (1 + category);
        }
    }

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first)
    {
        double[] probabilities = _composed.Categories.Predict(question);
        int category = ComposedExperts.Likeliest(probabilities);
        string name = _composed.Categories.Labels.Names[category];
        CategoryChoice choice = _composed.Map.Choices[category];
        yield return probabilities[category] <= _composed.Floor
            ? $"No category is likely enough ({name} {probabilities[category]:0.00}, more than {_composed.Floor:0.00} needed), so the generalist " +
                $"{_composed.Generalist} answers."
            : $"Of the category {name} ({probabilities[category]:0.00}), whose expert is {choice.Expert} " +
                $"({choice.Value:0.00} expected by {choice.Count:0} outcomes).";
        yield return $"{first.Expert} is expected to score {first.Score:0.00}; {Explain.Nearest(Profile, question)}.";
    }
}
