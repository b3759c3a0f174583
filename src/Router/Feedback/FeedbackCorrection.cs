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
        float[] cosines = _memory.Index.Cosines(question.Place.Vector);
        var weights = new double[expected.Length, _memory.Clients];
        var moments = new double[expected.Length, _memory.Clients];
        int counted = 0;
        for (int row = 0; row < cosines.Length; row++)
        {
            double distance = new Neighbour(row, cosines[row]).Distance;
            if (distance > radius)
                continue;
            counted++;
            PlacedFeedback placed = _memory.Rows[row];
            double weight = placed.Weight * Math.Exp(-Sharpness * distance);
            foreach ((int column, double error) in _errors[row])
            {
                weights[column, placed.Client] += weight;
                moments[column, placed.Client] += weight * error;
            }
        }
        for (int column = 0; column < expected.Length; column++)
            expected[column] += Shift(support[column], column, weights, moments);
        return counted;
    }

    double Shift(double support, int column, double[,] weights, double[,] moments)
    {
        double most = support * _memory.MaxShare / (1 - _memory.MaxShare), weight = 0, moment = 0;
        for (int client = 0; client < _memory.Clients; client++)
        {
            double own = weights[column, client];
            double scale = own > most ? most / own : 1;
            weight += scale * own;
            moment += scale * moments[column, client];
        }
        return moment / (support + weight);
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
}
