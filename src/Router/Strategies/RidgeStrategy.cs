using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>ridge</c>.</summary>
sealed record RidgeOptions
{
    /// <summary>λ: how strongly expectations are held near the expert's overall mean.</summary>
    [Range(1e-6, 1e6)]
    public double Penalty { get; init; } = 0.2;

    /// <summary>How fast likeness fades with distance: the kernel is exp(−sharpness · distance).</summary>
    [Range(0.01, 1000.0)]
    public double Sharpness { get; init; } = 1;
}

/// <summary>
/// One ridge regression per expert of its scores on the questions, as DUME does for domains (W = (XᵀX + λI)⁻¹XᵀY), in the
/// dual form with a kernel, so that pairs of features count too. Leave-one-out expectations have a closed form.
/// </summary>
sealed class RidgeStrategy : IRoutingStrategy
{
    readonly Profile _profile;
    readonly RidgeOptions _options;
    readonly double[][] _weights;
    readonly double[][] _leftOut;
    readonly Calibration _calibration;

    public RidgeStrategy(Profile profile, RidgeOptions options)
    {
        _profile = profile;
        _options = options;
        var factor = new Cholesky([.. profile.Similarities.Select(KernelRow)]);
        double[][] centred = [.. profile.Means.Select((_, column) => Centred(column))];
        _weights = [.. centred.Select(factor.Solve)];
        _leftOut = [.. centred.Select((scores, column) => LeftOut(factor, scores, column))];
        _calibration = LeaveOneOut.Calibrate(profile, Expect);
    }

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        double[] expected = Expect(question);
        IReadOnlyList<RankedExpert> raw = Ranking.Order(experts.Select(expert => Ranked(expert, expected)));
        // The order is that of the raw expectations: a regression may well expect more than 1 of several experts.
        RankedExpert[] ranked = [.. raw.Select(expert => expert with { Score = Math.Clamp(expert.Score, 0, 1) })];
        RankedExpert first = ranked[0];
        string reason = $"{first.Expert} is expected to score {first.Score:0.00}, " +
            $"{first.Score - _profile.Means[_profile.ColumnOf(first.Expert)]:+0.00;-0.00} against its mean over " +
            $"{first.Support} profiled questions; {Explain.Nearest(_profile, question)}.";
        return new Ranking(ranked, _calibration.At(raw[0].Score), [reason, .. Explain.Others(ranked)]);
    }

    /// <returns>The expected score of every column, unclamped; not a number where nothing is known.</returns>
    public double[] Expect(ProfiledQuestion question)
    {
        if (question.Excluded >= 0)
            return [.. _leftOut.Select(column => column[question.Excluded])];
        double[] kernel = [.. question.Similarities.Select(Kernel)];
        return [.. _weights.Select((column, index) =>
            _profile.Means[index] + TensorPrimitives.Dot<double>(column, kernel))];
    }

    double[] KernelRow(float[] similarities, int row)
    {
        double[] kernel = [.. similarities.Select(Kernel)];
        kernel[row] += _options.Penalty;
        return kernel;
    }

    double Kernel(float similarity) => Math.Exp(-_options.Sharpness * (1 - similarity));

    /// <summary>Scores less the expert's mean; a missing outcome says nothing and stays at the mean.</summary>
    double[] Centred(int column) =>
        [.. _profile.Table.Rows.Select(row => row.Outcomes[column] is { } known ? known.Score - _profile.Means[column] : 0)];

    double[] LeftOut(Cholesky factor, double[] centred, int column) =>
        [.. centred.Select((score, row) => _profile.Means[column] + score - _weights[column][row] / factor.InverseDiagonal(row))];

    RankedExpert Ranked(string expert, double[] expected)
    {
        int column = _profile.ColumnOf(expert);
        return new RankedExpert(expert, expected[column], _profile.Answered[column]);
    }
}
