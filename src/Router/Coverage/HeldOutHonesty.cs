using Orchestrator.Router.Learning;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Coverage;

/// <summary>
/// The expected calibration error of a strategy's confidence in its choice, where neither the strategy nor its calibration had
/// seen the question: both are fitted without its fold.
/// </summary>
static class HeldOutHonesty
{
    /// <returns>0…1; null for a strategy that is not calibrated, or without an outcome.</returns>
    public static double? ErrorOf(Profile profile, IRoutingStrategy strategy)
    {
        if (strategy is not ScoringStrategy { HeldOut: { } expected })
            return null;
        var pairs = new List<(double Expected, double Actual)>();
        foreach ((int[] others, int[] held) in OutOfFold.Parts(profile))
        {
            Calibration calibration = Calibration.Fit([.. Chosen(profile, expected, others)]);
            pairs.AddRange(Chosen(profile, expected, held).Select(pair => (calibration.At(pair.Expected), pair.Actual)));
        }
        return pairs.Count > 0 ? ExpectedCalibration.EqualMass(pairs) : null;
    }

    static IEnumerable<(double Expected, double Actual)> Chosen(Profile profile, double[][] expected, int[] rows) =>
        from row in rows
        let column = OutOfFold.Choice(profile, expected[row])
        where column >= 0 && !double.IsNaN(profile.Scores[row][column])
        select (expected[row][column], profile.Scores[row][column]);
}
