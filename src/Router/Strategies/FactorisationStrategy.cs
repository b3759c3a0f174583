using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>factorisation</c>.</summary>
sealed record FactorisationOptions
{
    /// <summary>Numbers that a question and an expert are each summed up in.</summary>
    [Range(1, 1024)]
    public int Factors { get; init; } = 32;

    /// <summary>How strongly both are held near zero.</summary>
    [Range(0.0, 100.0)]
    public double Penalty { get; init; } = 1e-4;

    /// <summary>How many dimensions of the embedding are used, the first ones; 0 is all.</summary>
    [Range(0, 65_536)]
    public int Dimensions { get; init; }

    /// <summary>How much the looks of the text count beside what it says.</summary>
    [Range(0.0, 100.0)]
    public double Surface { get; init; } = 0.03;

    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;
}

/// <summary>Matrix factorisation as in RouteLLM, for any number of experts: score = σ(u_expert · P x + b_expert).</summary>
sealed class FactorisationStrategy(Profile profile, FactorisationOptions options) : ScoringStrategy(profile)
{
    readonly MatrixFactorisation _model = MatrixFactorisation.Fit(
        [.. profile.Places.Select(place => place.Features(options.Dimensions, options.Surface))],
        profile.Scores,
        new MatrixFactorisationOptions { Factors = options.Factors, Penalty = options.Penalty, Seed = options.Seed });

    public override void Expect(ProfiledQuestion question, Span<double> scores) =>
        _model.Predict(question.Place.Features(options.Dimensions, options.Surface), scores);

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first) => [AgainstMean(question, first)];
}
