using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
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
    delegate void Regression(ReadOnlySpan<float> row, Span<double> scores);

    readonly Regression _ridge = Fit(profile, options);

    /// <summary>With its default options and calibrated, for strategies that build on what it expects.</summary>
    public static ScoringStrategy Shared(Profile profile)
    {
        var options = new RidgeOptions();
        return (ScoringStrategy)profile.Shared(options, () => Calibrated(profile, part => new RidgeStrategy(part, options)));
    }

    public override void Expect(ProfiledQuestion question, Span<double> scores) =>
        _ridge(question.Place.Features(options.Dimensions, options.Surface), scores);

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first) => [AgainstMean(question, first)];

    /// <summary>The same regression by whichever form is the smaller: a hashed embedding is wider than most profiles are long.</summary>
    static Regression Fit(Profile profile, RidgeOptions options)
    {
        float[][] rows = [.. profile.Places.Select(place => place.Features(options.Dimensions, options.Surface))];
        if (rows.Length == 0 || rows.Length >= rows[0].Length)
            return RidgeRegression.Fit(rows, profile.Scores, options.Penalty).Predict;
        // Most of a whole row's product is known already, and shared by all folds.
        return DualRidge.Fit(rows, options.Dimensions == 0 ? Shared : Product, profile.Scores, options.Penalty).Predict;

        double Product(int one, int other) => TensorPrimitives.Dot<float>(rows[one], rows[other]);

        double Shared(int one, int other) => profile.Cosines[one][other]
            + options.Surface * options.Surface * TensorPrimitives.Dot<float>(profile.Places[one].Surface, profile.Places[other].Surface);
    }
}
