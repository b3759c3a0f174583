using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>clusters</c>.</summary>
sealed record ClustersOptions
{
    /// <summary>K: kinds of question to find. With <see cref="Scales"/> above 1, those of the coarsest clustering.</summary>
    [Range(1, 10_000)]
    public int Clusters { get; init; } = 12;

    /// <summary>Clusterings of K, 2K, 4K … clusters whose expectations are averaged; Avengers has one.</summary>
    [Range(1, 8)]
    public int Scales { get; init; } = 3;

    /// <summary>Clusterings of each size, by other seeds.</summary>
    [Range(1, 100)]
    public int Seeds { get; init; } = 2;

    /// <summary>How many of the nearest clusters count.</summary>
    [Range(1, 100)]
    public int Nearest { get; init; } = 3;

    /// <summary>β: how fast a cluster's weight fades with distance, exp(−β · distance).</summary>
    [Range(0.0, 1000.0)]
    public double Sharpness { get; init; } = 9;

    /// <summary>Questions at the expert's overall mean that are added to each of its cells.</summary>
    [Range(0.0, 1000.0)]
    public double Prior { get; init; } = 8;

    /// <summary>
    /// α: in each cluster an expert is worth α · its place between the worst and the best there + (1 − α) · (1 − cost / highest
    /// cost), as in Avengers-Pro; 1 is the score itself. An unknown cost is the mean of the known ones.
    /// </summary>
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 1;

    /// <summary>How many dimensions of the embedding are clustered, the first ones; 0 is all.</summary>
    [Range(0, 65_536)]
    public int Dimensions { get; init; } = 128;

    /// <summary>How much the looks of the text count beside what it says.</summary>
    [Range(0.0, 100.0)]
    public double Surface { get; init; } = 0.2;

    [Range(0, 1 << 20)]
    public int Seed { get; init; } = 1;
}

/// <summary>
/// Avengers: profiled questions in clusters, and of each expert what it scored in the nearest ones, or in Avengers-Pro what that
/// is worth against its cost. Several clusterings are averaged, which steadies what one k-means happens to cut.
/// </summary>
sealed class ClustersStrategy : ScoringStrategy
{
    readonly ClustersOptions _options;
    readonly Clustering[] _clusterings;

    public ClustersStrategy(Profile profile, ClustersOptions options)
        : base(profile)
    {
        _options = options;
        float[][] rows = [.. profile.Places.Select(place => place.Features(options.Dimensions, options.Surface))];
        _clusterings = rows.Length == 0 ? [] :
        [
            .. from scale in Enumerable.Range(0, options.Scales)
               from seed in Enumerable.Range(0, options.Seeds)
               select Fit(KMeans.Fit(rows, options.Clusters << scale, options.Seed + seed)),
        ];
    }

    public override void Expect(ProfiledQuestion question, Span<double> scores)
    {
        float[] features = question.Place.Features(_options.Dimensions, _options.Surface);
        scores.Clear();
        foreach (Clustering clustering in _clusterings)
        {
            NearCluster[] near = clustering.Means.Nearest(features, _options.Nearest);
            double[] weights = [.. near.Select(cluster => Math.Exp(-_options.Sharpness * (1 - cluster.Cosine)))];
            double sum = weights.Sum() * _clusterings.Length;
            for (int i = 0; i < near.Length; i++)
            {
                double[] cell = clustering.Worth[near[i].Cluster];
                for (int column = 0; column < scores.Length; column++)
                    scores[column] += weights[i] / sum * cell[column];
            }
        }
    }

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first)
    {
        Clustering finest = _clusterings[^1];
        int nearest = finest.Means.Nearest(question.Place.Features(_options.Dimensions, _options.Surface), 1)[0].Cluster;
        yield return $"{first.Expert} scored {finest.Scores[nearest][Profile.ColumnOf(first.Expert)]:0.00} in the nearest of " +
            $"{finest.Scores.Length} clusters ({finest.Sizes[nearest]} questions), {first.Score:0.00} expected over " +
            $"{_clusterings.Length} clusterings; {Explain.Nearest(Profile, question)}.";
    }

    Clustering Fit(KMeans means)
    {
        var sums = means.Centroids.Select(_ => new double[Profile.Means.Count]).ToArray();
        var counts = means.Centroids.Select(_ => new double[Profile.Means.Count]).ToArray();
        for (int row = 0; row < Profile.Count; row++)
        {
            int cluster = means.Assignment[row];
            for (int column = 0; column < Profile.Means.Count; column++)
            {
                if (double.IsNaN(Profile.Scores[row][column]))
                    continue;
                sums[cluster][column] += Profile.Scores[row][column];
                counts[cluster][column]++;
            }
        }
        double[][] scores =
        [
            .. sums.Zip(counts, (sum, count) => sum.Select((total, column) =>
                count[column] + _options.Prior > 0
                    ? (total + _options.Prior * Profile.Means[column]) / (count[column] + _options.Prior)
                    : Profile.Means[column]).ToArray()),
        ];
        int[] sizes = [.. Enumerable.Range(0, scores.Length).Select(cluster => means.Assignment.Count(other => other == cluster))];
        return new Clustering(means, scores, [.. scores.Select(Worth)], sizes);
    }

    double[] Worth(double[] scores)
    {
        double[] known = [.. scores.Where(double.IsFinite)];
        double most = Profile.Costs.Max() ?? 0, usual = Profile.Costs.Average() ?? 0;
        if (_options.Alpha >= 1 || known.Length == 0 || most <= 0)
            return scores;
        (double worst, double spread) = (known.Min(), known.Max() - known.Min());
        return [.. scores.Select((score, column) =>
            _options.Alpha * (spread > 0 ? (score - worst) / spread : 1)
            + (1 - _options.Alpha) * (1 - (Profile.Costs[column] ?? usual) / most))];
    }

    /// <param name="Scores">For each cluster and column the shrunk mean.</param>
    /// <param name="Worth">The same weighed against cost.</param>
    /// <param name="Sizes">Questions in each cluster.</param>
    sealed record Clustering(KMeans Means, double[][] Scores, double[][] Worth, int[] Sizes);
}
