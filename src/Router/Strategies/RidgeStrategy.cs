using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>ridge</c>.</summary>
sealed record RidgeOptions
{
    /// <summary>λ: how strongly expectations are held near the expert's overall mean.</summary>
    [Range(1e-6, 1e6)]
    public double Penalty { get; init; } = 20;

    /// <summary>How many dimensions of the embedding are used, the first ones; 0 is all.</summary>
    [Range(0, 65_536)]
    public int Dimensions { get; init; }

    /// <summary>How much the looks of the text count beside what it says.</summary>
    [Range(0.0, 100.0)]
    public double Surface { get; init; } = 0.1;
}

/// <summary>
/// One ridge regression per expert of its scores on embedding and surface features, as DUME has it for domains:
/// W = (XᵀX + λI)⁻¹XᵀY. A new question or a new expert updates it exactly.
/// </summary>
sealed class RidgeStrategy(Profile profile, RidgeOptions options) : ScoringStrategy(profile)
{
    readonly RidgeRegression _ridge = RidgeRegression.Fit(
        [.. profile.Places.Select(place => place.Features(options.Dimensions, options.Surface))], profile.Scores, options.Penalty);

    /// <summary>With its default options and calibrated, for strategies that build on what it expects.</summary>
    public static ScoringStrategy Shared(Profile profile)
    {
        var options = new RidgeOptions();
        return (ScoringStrategy)profile.Shared(options, () => Calibrated(profile, part => new RidgeStrategy(part, options)));
    }

    public override void Expect(ProfiledQuestion question, Span<double> scores) =>
        _ridge.Predict(question.Place.Features(options.Dimensions, options.Surface), scores);

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first) => [AgainstMean(question, first)];
}
