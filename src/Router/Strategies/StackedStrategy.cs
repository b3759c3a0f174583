using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Categories;
using Orchestrator.Router.Learning;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>stacked</c>.</summary>
sealed record StackedOptions
{
    /// <summary>Pulls the weights toward equal ones, in rows.</summary>
    [Range(0.0, 1e6)]
    public double Penalty { get; init; } = 100;

    /// <summary>Where <c>soft-category</c> has its categories from.</summary>
    public CategorySource Categories { get; init; }

    /// <summary>Whether <c>kernel-ridge</c> is among those combined where the profile is small enough for it.</summary>
    public bool Kernel { get; init; } = true;
}

/// <summary>
/// Combines what other strategies expect, with weights of at least 0 that were fitted on profiled questions which those had
/// not seen. Only differences between experts are fitted: they are what routes.
/// </summary>
sealed class StackedStrategy : ScoringStrategy
{
    readonly (string Name, ScoringStrategy Strategy)[] _members;
    readonly double[] _weights;

    public StackedStrategy(Profile profile, StackedOptions options)
        : base(profile)
    {
        _members = [.. Members(profile, options)];
        _weights = Fit([.. _members.Select(member => member.Strategy.HeldOut!)], options);
    }

    public override void Expect(ProfiledQuestion question, Span<double> scores)
    {
        var expected = new double[_members.Length][];
        for (int member = 0; member < expected.Length; member++)
        {
            expected[member] = new double[scores.Length];
            _members[member].Strategy.Expect(question, expected[member]);
        }
        Blend(_weights, expected).CopyTo(scores);
    }

    protected override IEnumerable<string> Reasons(ProfiledQuestion question, RankedExpert first)
    {
        string weights = string.Join(", ", _members.Select((member, i) => $"{member.Name} {_weights[i]:0.00}"));
        yield return AgainstMean(question, first);
        yield return $"Combined from {weights}.";
    }

    static IEnumerable<(string Name, ScoringStrategy Strategy)> Members(Profile profile, StackedOptions options)
    {
        yield return Member("nearest", new NearestOptions(), (part, bound) => new NearestStrategy(part, bound));
        // Beside the others, clusters that look less at the surface are worth more, by held-out scores of the combination.
        yield return Member("clusters", new ClustersOptions { Surface = 0.12 }, (part, bound) => new ClustersStrategy(part, bound));
        yield return Member("soft-category", new SoftCategoryOptions { Categories = options.Categories }, (part, bound) => new SoftCategoryStrategy(part, bound));
        yield return Member("ridge", new RidgeOptions(), (part, bound) => new RidgeStrategy(part, bound));
        yield return Member("factorisation", new FactorisationOptions(), (part, bound) => new FactorisationStrategy(part, bound));
        if (options.Kernel && profile.Count <= KernelRidgeStrategy.MostQuestions)
            yield return Member("kernel-ridge", new KernelRidgeOptions(), (part, bound) => new KernelRidgeStrategy(part, bound));

        (string, ScoringStrategy) Member<TOptions>(string name, TOptions bound, Func<Profile, TOptions, ScoringStrategy> create)
            where TOptions : class =>
            (name, (ScoringStrategy)profile.Shared(bound, () => Calibrated(profile, part => create(part, bound))));
    }

    double[] Fit(double[][][] heldOut, StackedOptions options)
    {
        var columns = new List<double[]>();
        var targets = new List<double>();
        for (int row = 0; row < Profile.Count; row++)
        {
            int[] known = [.. Enumerable.Range(0, Profile.Means.Count).Where(column => !double.IsNaN(Profile.Scores[row][column]))];
            double[][] centred = [.. heldOut.Select(member => Centred(member[row], known))];
            double[] actual = Centred(Profile.Scores[row], known);
            for (int i = 0; i < known.Length; i++)
            {
                columns.Add([.. centred.Select(member => member[i])]);
                targets.Add(actual[i]);
            }
        }
        return NonNegativeLeastSquares.Fit(columns, targets, options.Penalty, toward: 1.0 / heldOut.Length);
    }

    static double[] Centred(double[] scores, int[] known)
    {
        double mean = known.Length > 0 ? known.Average(column => scores[column]) : 0;
        return [.. known.Select(column => scores[column] - mean)];
    }

    /// <summary>Differences between experts are weighed sums; their common level is the members' mean.</summary>
    static double[] Blend(double[] weights, double[][] expected)
    {
        int[] known = [.. Enumerable.Range(0, expected[0].Length).Where(column => expected.All(member => !double.IsNaN(member[column])))];
        var blended = new double[expected[0].Length];
        Array.Fill(blended, double.NaN);
        if (known.Length == 0)
            return blended;
        double level = expected.Average(member => known.Average(column => member[column]));
        double[][] centred = [.. expected.Select(member => Centred(member, known))];
        for (int i = 0; i < known.Length; i++)
            blended[known[i]] = level + centred.Select((member, index) => weights[index] * member[i]).Sum();
        return blended;
    }
}
