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
    readonly MahalanobisDistance _regions;
    readonly WhiteRows _rows;

    Support(CoverageOptions options, MahalanobisDistance regions, WhiteRows rows) => (_options, _regions, _rows) = (options, regions, rows);

    public int Regions => _regions.Centres;

    /// <param name="places">At least one.</param>
    public static Support Fit(IReadOnlyList<QuestionPlace> places, CoverageOptions options)
    {
        float[][] rows = [.. places.Select(place => Features(place, options))];
        int regions = Math.Clamp(rows.Length / options.LeastInRegion, 1, options.Regions);
        int[] assignment = KMeans.Fit(rows, regions, options.Seed, Rounds).Assignment;
        var distance = MahalanobisDistance.Fit(rows, WithoutGaps(assignment), options.Ridge);
        return new Support(options, distance, new WhiteRows(distance, rows, options.Rows));
    }

    public SupportReading Read(ProfiledQuestion question)
    {
        float[] features = Features(question.Place, _options);
        return new SupportReading(_regions.Nearest(features).Centre, _rows.Nearest(features), question.SupportDistance);
    }

    /// <summary>The centre nearest to the place.</summary>
    public CentreDistance Nearest(QuestionPlace place) => _regions.Nearest(Features(place, _options));

    /// <returns>Readings of profiled questions by supports that were fitted without their fold; of many questions an even sample.</returns>
    public static SupportReading[] HeldOut(Profile profile, CoverageOptions options)
    {
        var readings = new List<SupportReading>();
        int step = 1 + (profile.Count - 1) / MostHeldOut;
        foreach ((int[] others, int[] held) in OutOfFold.Parts(profile))
        {
            // All in one fold is one question many times: nothing is left to judge it by.
            if (others.Length == 0)
                continue;
            Profile known = profile.Part(others);
            Support support = Fit(known.Places, options);
            readings.AddRange(held.Where((_, i) => i % step == 0).Select(row => support.Read(known.Features(profile, row))));
        }
        return readings.Count > 0 ? [.. readings] : [new SupportReading(0, 0, 0)];
    }

    static float[] Features(QuestionPlace place, CoverageOptions options) => place.Features(options.Dimensions, options.Surface);

    /// <summary>A cluster that lost its last question in the last round is no region.</summary>
    static int[] WithoutGaps(int[] assignment)
    {
        int[] used = [.. assignment.Distinct().Order()];
        return [.. assignment.Select(cluster => Array.BinarySearch(used, cluster))];
    }
}
