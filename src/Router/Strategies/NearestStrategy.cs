using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Embedding;
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
/// k nearest neighbours: expects of each expert what it scored on the most similar profiled questions, similarity-weighted,
/// shrunk to its overall mean.
/// </summary>
sealed class NearestStrategy(Profile profile, NearestOptions options) : ScoringStrategy(profile)
{
    public override void Expect(ProfiledQuestion question, Span<double> scores)
    {
        var weights = new double[scores.Length];
        for (int column = 0; column < scores.Length; column++)
            (weights[column], scores[column]) = (options.Shrinkage, options.Shrinkage * Profile.Means[column]);
        foreach (Neighbour near in question.Nearest(options.Neighbours))
        {
            double weight = Math.Exp(-options.Sharpness * near.Distance);
            double[] known = Profile.Scores[near.Row];
            for (int column = 0; column < scores.Length; column++)
            {
                if (double.IsNaN(known[column]))
                    continue;
                weights[column] += weight;
                scores[column] += weight * known[column];
            }
        }
        // No shrinkage and weights that vanish leave nothing but the mean.
        for (int column = 0; column < scores.Length; column++)
            scores[column] = weights[column] > 0 ? scores[column] / weights[column] : Profile.Means[column];
    }

    protected override int Support(ProfiledQuestion question, int column) =>
        question.Nearest(options.Neighbours).Count(near => !double.IsNaN(Profile.Scores[near.Row][column]));

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first)
    {
        int column = Profile.ColumnOf(first.Expert);
        int right = question.Nearest(options.Neighbours).Count(near => Profile.Scores[near.Row][column] >= 0.5);
        yield return $"{right} of the {first.Support} nearest profiled questions were answered right by {first.Expert} " +
            $"({first.Score:0.00} expected); {Explain.Nearest(Profile, question)}.";
    }
}
