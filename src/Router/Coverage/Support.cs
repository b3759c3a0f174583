using Orchestrator.Router.Embedding;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>Where questions were profiled: regions, and how far a question lies from the nearest profiled one.</summary>
sealed class Support
{
    /// <summary>k-means hardly moves after so many.</summary>
    const int Rounds = 30;

    /// <summary>Enough held-out questions to tell the farthest hundredth.</summary>
    const int MostHeldOut = 2000;

    readonly CoverageOptions _options;
    readonly KMeans _regions;
    readonly WhiteRows _rows;

    Support(CoverageOptions options, KMeans regions, WhiteRows rows) => (_options, _regions, _rows) = (options, regions, rows);

    public int Regions => _regions.Centroids.Length;

    /// <param name="places">At least one.</param>
    public static Support Fit(IReadOnlyList<QuestionPlace> places, CoverageOptions options)
    {
        int count = Math.Clamp(places.Count / options.LeastInRegion, 1, options.Regions);
        var regions = KMeans.Fit([.. places.Select(place => Subject(place, options))], count, options.Seed, Rounds);
        float[][] rows = [.. places.Select(place => Looks(place, options))];
        int[] kinds = KMeans.Fit(rows, count, options.Seed, Rounds).Assignment;
        var metric = MahalanobisDistance.Fit(rows, WithoutGaps(kinds), options.Ridge);
        return new Support(options, regions, new WhiteRows(metric, rows, options.Rows));
    }

    public SupportReading Read(ProfiledQuestion question) => new(
        RegionOf(question.Place).Cluster, _rows.Nearest(Looks(question.Place, _options)), question.SupportDistance);

    public NearCluster RegionOf(QuestionPlace place) => _regions.Nearest(Subject(place, _options), 1)[0];

    /// <returns>Readings of profiled questions by supports that were fitted without their fold; of many questions an even sample.</returns>
    public static SupportReading[] HeldOut(Profile profile, CoverageOptions options)
    {
        var readings = new List<SupportReading>();
        int step = 1 + (profile.Count - 1) / MostHeldOut;
        foreach ((int[] others, int[] held) in OutOfFold.Parts(profile))
        {
            // All in one fold is one question many times, which is judged by itself.
            Profile known = profile.Part(others.Length > 0 ? others : held);
            Support support = Fit(known.Places, options);
            readings.AddRange(held.Where((_, i) => i % step == 0).Select(row => support.Read(known.Features(profile, row))));
        }
        return [.. readings];
    }

    static float[] Looks(QuestionPlace place, CoverageOptions options) => place.Features(options.Dimensions, options.Surface);

    static float[] Subject(QuestionPlace place, CoverageOptions options) => place.Features(options.Dimensions, options.RegionSurface);

    /// <summary>A cluster that lost its last question in the last round has no covariance.</summary>
    static int[] WithoutGaps(int[] assignment)
    {
        int[] used = [.. assignment.Distinct().Order()];
        return [.. assignment.Select(cluster => Array.BinarySearch(used, cluster))];
    }
}
