using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Strategies;

/// <summary>Judges a strategy on profiled questions as if each were new.</summary>
static class LeaveOneOut
{
    /// <summary>Questions that calibration looks at; more cost time at start and change little.</summary>
    const int Sample = 2000;

    /// <param name="expect">Expected score of every column, without use of the question's own outcomes.</param>
    public static Calibration Calibrate(Profile profile, Func<ProfiledQuestion, double[]> expect)
    {
        var pairs = new List<(double Expected, double Actual)>();
        int step = Math.Max(1, profile.Count / Sample);
        for (int row = 0; row < profile.Count; row += step)
        {
            if (Choice(profile, expect(profile.LeftOut(row))) is { } chosen
                && profile.Table.Rows[row].Outcomes[chosen.Column] is { } outcome)
            {
                pairs.Add((chosen.Expected, outcome.Score));
            }
        }
        return Calibration.Fit(pairs);
    }

    /// <returns>The best column, the first expert id of equals; null when nothing is known of any.</returns>
    static (int Column, double Expected)? Choice(Profile profile, double[] expected)
    {
        (int Column, double Expected)? best = null;
        for (int column = 0; column < expected.Length; column++)
        {
            if (!double.IsNaN(expected[column]) && (best is null || IsBetter(column, best.Value)))
                best = (column, expected[column]);
        }
        return best;

        bool IsBetter(int column, (int Column, double Expected) than) =>
            expected[column] > than.Expected
            || (expected[column] == than.Expected
                && string.CompareOrdinal(profile.Table.Experts[column], profile.Table.Experts[than.Column]) < 0);
    }
}
