using Orchestrator.Router.Embedding;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Feedback;

/// <summary>
/// What verdicts on similar questions add to a strategy's expectation: how far it was off there, r = verdict − expected.
/// With κ the weight of the profiled neighbours, w that of a verdict, both fading with distance, and a_c ≤ 1 what holds a
/// client c to its share: expected + Σ a_c·w·r / (κ + Σ a_c·w). As |r| ≤ 1 and a_c·Σ_c w ≤ κ·share / (1 − share), the verdicts
/// of one client move no expectation by more than the share, however many they are.
/// </summary>
sealed class FeedbackCorrection
{
    /// <summary>As for the strategy <c>nearest</c>, where these are measured: how far neighbours reach, and how fast they fade.</summary>
    const int Neighbours = 24;

    const double Sharpness = 12;

    /// <summary>Weight of a place that nothing profiled is near.</summary>
    const double Least = 0.01;

    readonly Profile _profile;
    readonly FeedbackMemory _memory;
    readonly ColumnError[][] _errors;
    readonly Dictionary<FeedbackRow, ColumnError[]> _byRow = new(ReferenceEqualityComparer.Instance);

    /// <param name="strategy">What is corrected; asked for rows that <paramref name="before"/> does not have.</param>
    /// <param name="before">The correction of the same strategy by earlier verdicts.</param>
    public FeedbackCorrection(ScoringStrategy strategy, Profile profile, FeedbackMemory memory, FeedbackCorrection? before)
    {
        (_profile, _memory) = (profile, memory);
        foreach (PlacedFeedback placed in memory.Rows)
            _byRow[placed.Row] = before?._byRow.GetValueOrDefault(placed.Row) ?? Errors(strategy, placed);
        _errors = [.. memory.Rows.Select(placed => _byRow[placed.Row])];
    }

    /// <param name="expected">Of every column; what is not a number stays so.</param>
    /// <returns>Verdicts that lie near enough to count.</returns>
    public int Apply(ProfiledQuestion question, Span<double> expected)
    {
        (double[] support, double radius) = Support(question, expected.Length);
        float[] cosines = _memory.CosinesWith(question.Place.Vector);
        Neighbour[] near = [.. cosines.Select((cosine, row) => new Neighbour(row, cosine)).Where(row => row.Distance <= radius)];
        var all = new ErrorSums(expected.Length);
        foreach (var own in near.GroupBy(row => _memory.Rows[row.Row].Row.Client, StringComparer.Ordinal))
            all.Add(Sum(own, expected.Length), support, _memory.MaxShare);
        for (int column = 0; column < expected.Length; column++)
            expected[column] += all.Moments[column] / (support[column] + all.Weights[column]);
        return near.Length;
    }

    ErrorSums Sum(IEnumerable<Neighbour> rows, int columns)
    {
        var sums = new ErrorSums(columns);
        foreach (Neighbour row in rows)
        {
            double weight = _memory.Rows[row.Row].Weight * Math.Exp(-Sharpness * row.Distance);
            foreach ((int column, double error) in _errors[row.Row])
            {
                sums.Weights[column] += weight;
                sums.Moments[column] += weight * error;
            }
        }
        return sums;
    }

    /// <returns>Weight of the profiled neighbours by column, and how far they lie: verdicts beyond them do not count either.</returns>
    (double[] Support, double Radius) Support(ProfiledQuestion question, int columns)
    {
        var support = new double[columns];
        Array.Fill(support, Least);
        double radius = _profile.Count < Neighbours ? 1 : 0;
        foreach (Neighbour near in question.Nearest(Neighbours))
        {
            radius = Math.Max(radius, near.Distance);
            double weight = Math.Exp(-Sharpness * near.Distance);
            for (int column = 0; column < columns; column++)
                if (!double.IsNaN(_profile.Scores[near.Row][column]))
                    support[column] += weight;
        }
        return (support, radius);
    }

    ColumnError[] Errors(ScoringStrategy strategy, PlacedFeedback placed)
    {
        var expected = new double[_profile.Table.Experts.Count];
        strategy.Expect(_profile.Features(placed.Question), expected);
        return
        [
            .. placed.Row.Scores.Where(score => _profile.Knows(score.Key))
                .Select(score => (Column: _profile.ColumnOf(score.Key), Verdict: score.Value))
                .Select(pair => new ColumnError(pair.Column, pair.Verdict - Math.Clamp(expected[pair.Column], 0, 1))),
        ];
    }

    readonly record struct ColumnError(int Column, double Error);

    /// <summary>By column, of one client or of all.</summary>
    sealed class ErrorSums(int columns)
    {
        public double[] Weights { get; } = new double[columns];

        public double[] Moments { get; } = new double[columns];

        /// <summary>Adds those of one client, held to its share of a place with this support.</summary>
        public void Add(ErrorSums own, double[] support, double share)
        {
            for (int column = 0; column < columns; column++)
            {
                double most = support[column] * share / (1 - share);
                double scale = own.Weights[column] > most ? most / own.Weights[column] : 1;
                Weights[column] += scale * own.Weights[column];
                Moments[column] += scale * own.Moments[column];
            }
        }
    }
}
