using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>kernel-ridge</c>.</summary>
sealed record KernelRidgeOptions
{
    /// <summary>λ: how strongly expectations are held near the expert's overall mean.</summary>
    [Range(1e-6, 1e6)]
    public double Penalty { get; init; } = 0.2;

    /// <summary>How fast likeness fades with distance: the kernel is exp(−sharpness · distance).</summary>
    [Range(0.01, 1000.0)]
    public double Sharpness { get; init; } = 1;
}

/// <summary>
/// Ridge regression of every expert's scores on the questions in its dual form, with a kernel, so that pairs of features
/// count too. Cubic in the profiled questions: for some thousands.
/// </summary>
sealed class KernelRidgeStrategy : ScoringStrategy
{
    /// <summary>A fit of so many, with its folds, takes about a minute.</summary>
    public const int MostQuestions = 4000;

    readonly KernelRidgeOptions _options;
    readonly double[][] _weights;

    public KernelRidgeStrategy(Profile profile, KernelRidgeOptions options)
        : base(profile)
    {
        _options = options;
        UpdatableCholesky factor = UpdatableCholesky.Of([.. profile.Cosines.Select(KernelRow)]);
        _weights = [.. profile.Means.Select((_, column) => Solved(factor, Centred(column)))];
    }

    public override void Expect(ProfiledQuestion question, Span<double> scores)
    {
        double[] kernel = [.. question.Cosines.Select(Kernel)];
        for (int column = 0; column < scores.Length; column++)
            scores[column] = Profile.Means[column] + TensorPrimitives.Dot<double>(_weights[column], kernel);
    }

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first) => [AgainstMean(question, first)];

    /// <returns>From the diagonal on.</returns>
    double[] KernelRow(float[] cosines, int row)
    {
        double[] kernel = [.. cosines.Skip(row).Select(Kernel)];
        kernel[0] += _options.Penalty;
        return kernel;
    }

    static double[] Solved(UpdatableCholesky factor, double[] right)
    {
        factor.Solve(right);
        return right;
    }

    double Kernel(float cosine) => Math.Exp(-_options.Sharpness * (1 - cosine));

    /// <summary>Scores less the expert's mean; a missing outcome says nothing and stays at the mean.</summary>
    double[] Centred(int column) => [.. Profile.Scores.Select(row => double.IsNaN(row[column]) ? 0 : row[column] - Profile.Means[column])];
}
