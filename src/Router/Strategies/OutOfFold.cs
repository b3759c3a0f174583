using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Strategies;

/// <summary>Judges a strategy on profiled questions as if each were new: fitted without a part, it expects that part's scores.</summary>
static class OutOfFold
{
    public const int Folds = 5;

    /// <returns>The fold of each question, 0…; the same text always falls into the same.</returns>
    public static int[] Of(Profile profile) =>
        [.. profile.Table.Rows.Select(row => (int)(StableHash.Of(row.Question, salt: 5) % Folds))];

    /// <returns>For each question and column the expected score, by a strategy that has not seen the question.</returns>
    public static double[][] Expect(Profile profile, Func<Profile, ScoringStrategy> fit)
    {
        var expected = new double[profile.Count][];
        foreach ((int[] rest, int[] held) in Parts(profile))
        {
            Profile known = profile.Part(rest);
            ScoringStrategy strategy = fit(known);
            foreach (int row in held)
            {
                expected[row] = new double[profile.Table.Experts.Count];
                strategy.Expect(known.Features(profile, row), expected[row]);
            }
        }
        return expected;
    }

    /// <returns>For each fold that has questions, the rows of all others and its own.</returns>
    public static IEnumerable<(int[] Others, int[] Held)> Parts(Profile profile)
    {
        int[] folds = Of(profile);
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] held = [.. Rows(of => of == fold)], rest = [.. Rows(of => of != fold)];
            if (held.Length > 0)
                yield return (rest, held);
        }

        IEnumerable<int> Rows(Func<int, bool> belongs) => Enumerable.Range(0, folds.Length).Where(row => belongs(folds[row]));
    }

    /// <returns>What came of the expert that each expectation would have chosen.</returns>
    public static Calibration Calibrate(Profile profile, double[][] expected)
    {
        var pairs = new List<(double Expected, double Actual)>();
        for (int row = 0; row < expected.Length; row++)
        {
            int chosen = Choice(profile, expected[row]);
            if (chosen >= 0 && !double.IsNaN(profile.Scores[row][chosen]))
                pairs.Add((expected[row][chosen], profile.Scores[row][chosen]));
        }
        return Calibration.Fit(pairs);
    }

    /// <returns>The best column, the first expert id of equals; −1 when nothing is known of any.</returns>
    public static int Choice(Profile profile, ReadOnlySpan<double> expected)
    {
        int best = -1;
        for (int column = 0; column < expected.Length; column++)
        {
            if (double.IsNaN(expected[column]))
                continue;
            if (best < 0 || expected[column] > expected[best] || (expected[column] == expected[best]
                && string.CompareOrdinal(profile.Table.Experts[column], profile.Table.Experts[best]) < 0))
            {
                best = column;
            }
        }
        return best;
    }
}
