using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Categories;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>soft-category</c>.</summary>
sealed record SoftCategoryOptions : CategoryOptions
{
    /// <summary>λ of the regression of scores on category probabilities.</summary>
    [Range(1e-6, 1e6)]
    public double Penalty { get; init; } = 20;

    /// <summary>λ of the regression of what is left on embedding and surface features.</summary>
    [Range(1e-6, 1e6)]
    public double ResidualPenalty { get; init; } = 300;

    /// <summary>How many dimensions of the embedding explain what is left, the first ones; 0 is all.</summary>
    [Range(0, 65_536)]
    public int Dimensions { get; init; }

    /// <summary>How much the looks of the text count beside what it says.</summary>
    [Range(0.0, 100.0)]
    public double Surface { get; init; } = 0.03;
}

/// <summary>
/// Two-step routing without the hard cut: what each expert scores in the categories that a question may be of, by their
/// probabilities, and a regression of what that leaves unexplained between experts.
/// </summary>
sealed class SoftCategoryStrategy : ScoringStrategy
{
    readonly SoftCategoryOptions _options;
    readonly CategoryModel _categories;
    readonly RidgeRegression? _byCategory;
    readonly RidgeRegression? _residual;

    public SoftCategoryStrategy(Profile profile, SoftCategoryOptions options)
        : base(profile)
    {
        _options = options;
        _categories = new CategoryModel(profile, options);
        if (_categories.Labels.Names.Count == 0)
            return;
        // Both regressions see held-out probabilities, which are as wrong as those of new questions.
        float[][] probabilities = [.. _categories.OutOfFold.Select(Row)];
        _byCategory = RidgeRegression.Fit(probabilities, profile.Scores, options.Penalty);
        _residual = RidgeRegression.Fit(
            [.. profile.Places.Select(Features)],
            [.. probabilities.Zip(profile.Scores, Residual)],
            options.ResidualPenalty);
    }

    public override void Expect(ProfiledQuestion question, Span<double> scores)
    {
        if (_byCategory is null)
        {
            Profile.Means.ToArray().CopyTo(scores);
            return;
        }
        _byCategory.Predict(Row(_categories.Predict(question)), scores);
        Span<double> residual = stackalloc double[scores.Length];
        _residual!.Predict(Features(question.Place), residual);
        for (int column = 0; column < scores.Length; column++)
            scores[column] += double.IsNaN(residual[column]) ? 0 : residual[column];
    }

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first)
    {
        double[] probabilities = _categories.Predict(question);
        if (probabilities.Length > 0)
        {
            int likely = Array.IndexOf(probabilities, probabilities.Max());
            yield return $"Probably of the category {_categories.Labels.Names[likely]} ({probabilities[likely]:0.00}).";
        }
        yield return AgainstMean(question, first);
    }

    /// <summary>What the categories leave unexplained, less the mean over the experts: only differences route.</summary>
    double[] Residual(float[] probabilities, double[] scores)
    {
        var expected = new double[scores.Length];
        _byCategory!.Predict(probabilities, expected);
        double[] left = [.. scores.Zip(expected, (score, known) => score - known)];
        double mean = left.Where(double.IsFinite).DefaultIfEmpty().Average();
        return [.. left.Select(value => value - mean)];
    }

    float[] Features(QuestionPlace place) => place.Features(_options.Dimensions, _options.Surface);

    static float[] Row(double[] probabilities) => [.. probabilities.Select(probability => (float)probability)];
}
