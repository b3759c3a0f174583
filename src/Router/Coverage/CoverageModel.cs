using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>
/// Knows what it does not know: whether a question lies where questions were profiled, and who proved reliable there. A
/// wrong choice among specialists and the lack of any are told apart. Immutable.
/// </summary>
sealed class CoverageModel
{
    /// <summary>Among fewer profiled questions the farthest hundredth cannot be told.</summary>
    public const int Least = 100;

    readonly Profile _profile;
    readonly Support _support;
    readonly SupportScale _scale;
    readonly double[] _heldOut;
    readonly int[] _regionOf;

    CoverageModel(Profile profile, CoverageOptions options)
    {
        _profile = profile;
        _support = Support.Fit(profile.Places, options);
        SupportReading[] heldOut = Support.HeldOut(profile, options);
        _scale = SupportScale.Fit(heldOut);
        _heldOut = [.. heldOut.Select(_scale.Distance).Order()];
        int place = Math.Min(_heldOut.Length, (int)Math.Ceiling(options.NovelQuantile * (_heldOut.Length + 1)));
        // Questions that are nearly all equal are spread by rounding alone: one deviation from what is usual is never novel.
        NovelFrom = Math.Max(1, _heldOut[place - 1]);
        _regionOf = [.. profile.Places.Select(place => _support.RegionOf(place).Cluster)];
        Regions = RegionTable.Fit(profile, _regionOf, _support.Regions, options);
        Floor = ReliabilityFloor.Fit(profile, options);
    }

    /// <summary>A question farther away than this is novel, in standard deviations from what is usual.</summary>
    public double NovelFrom { get; }

    /// <summary>The lower bound that the best expert of a region must reach to be a specialist.</summary>
    public double Floor { get; }

    public RegionTable Regions { get; }

    public int RegionCount => _support.Regions;

    /// <returns>Null when too little was profiled to tell.</returns>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static CoverageModel? Fit(Profile profile, CoverageOptions? options = null)
    {
        options ??= CoverageOptions.Default;
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return profile.Count < Least ? null : new CoverageModel(profile, options);
    }

    /// <summary>The profiled question nearest to the region's centre, which shows what the region is about; −1 in an empty one.</summary>
    public int TypicalOf(int region) => Enumerable.Range(0, _profile.Count).Where(row => _regionOf[row] == region)
        .OrderByDescending(row => _support.RegionOf(_profile.Places[row]).Cosine).FirstOrDefault(-1);

    /// <returns>0…1: the share of the profiled questions, each judged without its fold, that are no farther away.</returns>
    public double PercentileOf(double distance)
    {
        int below = Array.BinarySearch(_heldOut, distance);
        below = below < 0 ? ~below : Array.FindLastIndex(_heldOut, known => known == distance) + 1;
        return (double)below / _heldOut.Length;
    }

    /// <param name="chosen">The primary; it may be unknown to the profile.</param>
    /// <param name="available">Who else could answer.</param>
    /// <param name="claimed">0…1: how sure the strategy is of the primary.</param>
    public RouteCoverage Judge(ProfiledQuestion question, string chosen, IEnumerable<string> available, double claimed)
    {
        SupportReading reading = _support.Read(question);
        (int region, double distance) = (reading.Region, _scale.Distance(reading));
        IEnumerable<int> columns = available.Where(_profile.Knows).Select(_profile.ColumnOf).Order();
        int best = Regions.MostReliable(region, columns);
        (CoverageVerdict verdict, string reason) =
            distance > NovelFrom ? (CoverageVerdict.Novel, Novel(distance))
            : best < 0 || Regions[region, best].Lower < Floor ? (CoverageVerdict.NoSpecialist, NoSpecialist(region, best))
            : IsBetter(region, best, chosen) ? (CoverageVerdict.WrongSpecialist, Wrong(region, best, chosen))
            : (CoverageVerdict.Covered, $"Questions like it were profiled ({Regions.Sizes[region]} in region {region}).");
        return new RouteCoverage(verdict, distance, PercentileOf(distance), region)
        {
            Claimed = claimed,
            Better = verdict == CoverageVerdict.WrongSpecialist ? _profile.Table.Experts[best] : null,
            Reason = reason,
        };
    }

    /// <summary>The expert's reliability in the region; null when nothing is known of it.</summary>
    public Reliability? Of(string expert, int region) => _profile.Knows(expert) ? Regions[region, _profile.ColumnOf(expert)] : null;

    /// <summary>Bounds that do not touch: one expert may well be ahead of another by luck.</summary>
    bool IsBetter(int region, int best, string chosen) =>
        _profile.Table.Experts[best] != chosen && Regions[region, best].Lower > (Of(chosen, region)?.Upper ?? 0);

    string Novel(double distance) =>
        $"Nothing like it was profiled: distance {distance:0.0} is beyond {NovelFrom:0.0}, so no confidence can be given.";

    string NoSpecialist(int region, int best) => best < 0
        ? "No available expert was profiled."
        : $"Nobody is reliable at such questions (region {region}, {Regions.Sizes[region]} profiled): the best, {Told(region, best)}, " +
            $"is below {Math.Min(Floor, 1):0.00}.";

    string Wrong(int region, int best, string chosen) =>
        $"{Told(region, best)} is reliably better at such questions (region {region}) than " +
        (Of(chosen, region) is { } known ? $"{chosen} ({known.Mean:0.00}, at most {known.Upper:0.00}, of {known.Count})." : $"{chosen}, which was not profiled.");

    string Told(int region, int column)
    {
        Reliability cell = Regions[region, column];
        return $"{_profile.Table.Experts[column]} ({cell.Mean:0.00}, at least {cell.Lower:0.00}, of {cell.Count})";
    }
}
