using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>
/// A strategy that expects a score of every expert and ranks by it. Its confidence is calibrated on profiled questions that
/// it had not seen.
/// </summary>
abstract class ScoringStrategy(Profile profile) : IRoutingStrategy
{
    /// <summary>Fewer profiled questions teach no more than means.</summary>
    const int Least = 10;

    protected Profile Profile => profile;

    /// <summary>What came true of such expectations; null leaves the expectation itself.</summary>
    public Calibration? Calibration { get; private set; }

    /// <summary>For each profiled question and column what was expected without its fold; null when it is not calibrated.</summary>
    public double[][]? HeldOut { get; private set; }

    /// <summary>Fits one on the whole profile, and the confidence on what others expect that were fitted on parts of it.</summary>
    public static ScoringStrategy Calibrated(Profile profile, Func<Profile, ScoringStrategy> fit)
    {
        ScoringStrategy strategy = Fit(profile);
        strategy.HeldOut = OutOfFold.Expect(profile, Fit);
        strategy.Calibration = OutOfFold.Calibrate(profile, strategy.HeldOut);
        return strategy;

        ScoringStrategy Fit(Profile part) => part.Count < Least ? new BestSingleStrategy(part) : fit(part);
    }

    /// <param name="scores">Gets the expected score of every column, unclamped; not a number where nothing is known.</param>
    public abstract void Expect(ProfiledQuestion question, Span<double> scores);

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        var expected = new double[profile.Table.Experts.Count];
        Expect(question, expected);
        IReadOnlyList<RankedExpert> raw = Ranking.Order(experts.Select(profile.ColumnOf)
            .Select(column => new RankedExpert(profile.Table.Experts[column], expected[column], Support(question, column))));
        // The order is that of the raw expectations: a regression may well expect more than 1 of several experts.
        RankedExpert[] ranked = [.. raw.Select(expert => expert with { Score = Math.Clamp(expert.Score, 0, 1) })];
        double confidence = Calibration is { } calibration ? calibration.At(raw[0].Score) : ranked[0].Score;
        return new Ranking(ranked, confidence, [.. Reasons(question, ranked[0]), .. Explain.Others(ranked)]);
    }

    /// <summary>Profiled questions that the expectation of a column rests on.</summary>
    protected virtual int Support(ProfiledQuestion question, int column) => profile.Answered[column];

    /// <param name="first">The best of those who are there.</param>
    /// <returns>At least one sentence.</returns>
    protected abstract IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first);

    /// <summary>The reason of strategies that weigh the whole question: by how much it differs from the expert's mean.</summary>
    protected string AgainstMean(ProfiledQuestion question, RankedExpert first) =>
        $"{first.Expert} is expected to score {first.Score:0.00}, " +
        $"{first.Score - profile.Means[profile.ColumnOf(first.Expert)]:+0.00;-0.00} against its mean over " +
        $"{first.Support} profiled questions; {Explain.Nearest(profile, question)}.";
}
