using Orchestrator.Router.Embedding;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>Where questions were profiled: regions, and how far a question lies from the nearest.</summary>
sealed class Support
{
    /// <summary>k-means hardly moves after so many.</summary>
    const int Rounds = 30;

    readonly CoverageOptions _options;
    readonly MahalanobisDistance _distance;

    Support(CoverageOptions options, MahalanobisDistance distance) => (_options, _distance) = (options, distance);

    public int Regions => _distance.Centres;

    /// <param name="places">At least one.</param>
    public static Support Fit(IReadOnlyList<QuestionPlace> places, CoverageOptions options)
    {
        float[][] rows = [.. places.Select(place => Features(place, options))];
        int regions = Math.Clamp(rows.Length / options.LeastInRegion, 1, options.Regions);
        int[] assignment = KMeans.Fit(rows, regions, options.Seed, Rounds).Assignment;
        return new Support(options, MahalanobisDistance.Fit(rows, WithoutGaps(assignment), options.Ridge));
    }

    public CentreDistance Nearest(QuestionPlace place) => _distance.Nearest(Features(place, _options));

    /// <returns>For each profiled question its distance from a support that was fitted without its fold.</returns>
    public static double[] HeldOut(Profile profile, CoverageOptions options)
    {
        var distances = new double[profile.Count];
        foreach ((int[] others, int[] held) in OutOfFold.Parts(profile))
        {
            // Without others everything is known by itself alone: a distance that says nothing.
            if (others.Length == 0)
                continue;
            Support support = Fit([.. others.Select(row => profile.Places[row])], options);
            foreach (int row in held)
                distances[row] = support.Nearest(profile.Places[row]).Distance;
        }
        return distances;
    }

    static float[] Features(QuestionPlace place, CoverageOptions options) => place.Features(options.Dimensions, options.Surface);

    /// <summary>A cluster that lost its last question in the last round is no region.</summary>
    static int[] WithoutGaps(int[] assignment)
    {
        int[] used = [.. assignment.Distinct().Order()];
        return [.. assignment.Select(cluster => Array.BinarySearch(used, cluster))];
    }
}
