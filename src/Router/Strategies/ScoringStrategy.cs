using Orchestrator.Router.Feedback;
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

    FeedbackCorrection? _correction;
    Lazy<double[][]>? _heldOut;
    Lazy<Calibration>? _calibration;

    protected Profile Profile => profile;

    /// <summary>What came true of such expectations, made on first use; null leaves the expectation itself.</summary>
    public Calibration? Calibration => _calibration?.Value;

    /// <summary>
    /// For each profiled question and column what was expected without its fold, made on first use: five fits. Null when it is
    /// not calibrated.
    /// </summary>
    public double[][]? HeldOut => _heldOut?.Value;

    /// <summary>Fits one on the whole profile, and the confidence on what others expect that are fitted on parts of it.</summary>
    public static ScoringStrategy Calibrated(Profile profile, Func<Profile, ScoringStrategy> fit)
    {
        ScoringStrategy strategy = Fit(profile);
        var heldOut = new Lazy<double[][]>(() => OutOfFold.Expect(profile, Fit));
        strategy._heldOut = heldOut;
        strategy._calibration = new(() => OutOfFold.Calibrate(profile, heldOut.Value));
        return strategy;

        ScoringStrategy Fit(Profile part) => part.Count < Least ? new BestSingleStrategy(part) : fit(part);
    }

    public void Warm() => _ = Calibration;

    /// <summary>Whether feedback changes what it expects.</summary>
    public virtual bool Learns => true;

    /// <summary>The same with what these verdicts teach, and without what earlier ones did.</summary>
    public ScoringStrategy With(FeedbackMemory memory)
    {
        var learned = (ScoringStrategy)MemberwiseClone();
        learned._correction = memory.Rows.Count == 0 ? null : new FeedbackCorrection(this, profile, memory, _correction);
        return learned;
    }

    /// <param name="scores">Gets the expected score of every column, unclamped; not a number where nothing is known.</param>
    public abstract void Expect(ProfiledQuestion question, Span<double> scores);

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        var expected = new double[profile.Table.Experts.Count];
        Expect(question, expected);
        double[] profiled = [.. expected];
        int verdicts = _correction?.Apply(question, expected) ?? 0;
        IReadOnlyList<RankedExpert> raw = Ranking.Order(experts.Select(profile.ColumnOf)
            .Select(column => new RankedExpert(profile.Table.Experts[column], expected[column], Support(question, column))));
        // The order is that of the raw expectations: a regression may well expect more than 1 of several experts.
        RankedExpert[] ranked = [.. raw.Select(expert => expert with { Score = Math.Clamp(expert.Score, 0, 1) })];
        double confidence = Calibration is { } calibration ? calibration.At(raw[0].Score) : ranked[0].Score;
        return new Ranking(
            ranked, confidence, [.. Reasons(question, ranked[0]), .. Learned(ranked[0], profiled, verdicts), .. Explain.Others(ranked)]);
    }

    /// <summary>Profiled questions that the expectation of a column rests on.</summary>
    protected virtual int Support(ProfiledQuestion question, int column) => profile.Answered[column];

    /// <param name="first">The best of those who are there.</param>
    /// <returns>At least one sentence.</returns>
    protected abstract IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first);

    IEnumerable<string> Learned(RankedExpert first, double[] profiled, int verdicts)
    {
        double before = Math.Clamp(profiled[profile.ColumnOf(first.Expert)], 0, 1);
        return Math.Abs(first.Score - before) < 0.005
            ? []
            : [$"Feedback on similar questions ({verdicts} verdicts) moved {first.Expert} from {before:0.00} to {first.Score:0.00}."];
    }

    /// <summary>The reason of strategies that weigh the whole question: by how much it differs from the expert's mean.</summary>
    protected string AgainstMean(ProfiledQuestion question, RankedExpert first) =>
        $"{first.Expert} is expected to score {first.Score:0.00}, " +
        $"{first.Score - profile.Means[profile.ColumnOf(first.Expert)]:+0.00;-0.00} against its mean over " +
        $"{first.Support} profiled questions; {Explain.Nearest(profile, question)}.";
}
