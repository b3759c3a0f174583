using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>nearest</c>.</summary>
sealed record NearestOptions
{
    /// <summary>How many of the most similar profiled questions vote.</summary>
    [Range(1, 10_000)]
    public int Neighbours { get; init; } = 24;

    /// <summary>How fast a vote fades with distance: its weight is exp(−sharpness · distance).</summary>
    [Range(0.0, 1000.0)]
    public double Sharpness { get; init; } = 12;

    /// <summary>Votes of full weight that the expert's overall mean has: thin or far support ends near it.</summary>
    [Range(0.0, 1000.0)]
    public double Shrinkage { get; init; } = 0.01;
}

/// <summary>
/// Expects of each expert what it scored on the most similar profiled questions: similarity-weighted, shrunk to its
/// overall mean. Confidence is calibrated on every profiled question as if it were new.
/// </summary>
sealed class NearestStrategy : IRoutingStrategy
{
    readonly Profile _profile;
    readonly NearestOptions _options;
    readonly Calibration _calibration;

    public NearestStrategy(Profile profile, NearestOptions options)
    {
        _profile = profile;
        _options = options;
        _calibration = LeaveOneOut.Calibrate(profile, Expect);
    }

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        int[] neighbours = question.NearestRows(_options.Neighbours);
        IReadOnlyList<RankedExpert> ranked = Ranking.Order(experts.Select(expert => Expect(question, neighbours, expert)));
        return new Ranking(ranked, _calibration.At(ranked[0].Score), Reasons(question, neighbours, ranked));
    }

    /// <returns>The expected score of every column; not a number where nothing is known.</returns>
    public double[] Expect(ProfiledQuestion question)
    {
        int[] neighbours = question.NearestRows(_options.Neighbours);
        return [.. _profile.Table.Experts.Select(expert => Expect(question, neighbours, expert).Score)];
    }

    RankedExpert Expect(ProfiledQuestion question, int[] neighbours, string expert)
    {
        int column = _profile.ColumnOf(expert);
        double weights = _options.Shrinkage, scores = weights * _profile.Means[column];
        int support = 0;
        foreach (int row in neighbours)
        {
            if (_profile.Table.Rows[row].Outcomes[column] is not { } outcome)
                continue;
            double weight = Math.Exp(-_options.Sharpness * question.DistanceTo(row));
            weights += weight;
            scores += weight * outcome.Score;
            support++;
        }
        // No shrinkage and weights that vanish leave nothing but the mean.
        return new RankedExpert(expert, weights > 0 ? scores / weights : _profile.Means[column], support);
    }

    List<string> Reasons(ProfiledQuestion question, int[] neighbours, IReadOnlyList<RankedExpert> ranked)
    {
        RankedExpert first = ranked[0];
        int column = _profile.ColumnOf(first.Expert);
        int right = neighbours.Count(row => _profile.Table.Rows[row].Outcomes[column] is { Score: >= 0.5 });
        return
        [
            $"{right} of the {first.Support} nearest profiled questions were answered right by {first.Expert} " +
                $"({first.Score:0.00} expected); {Explain.Nearest(_profile, question)}.",
            .. Explain.Others(ranked),
        ];
    }
}
