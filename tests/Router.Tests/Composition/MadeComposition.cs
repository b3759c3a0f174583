using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Tests.Composition;

/// <summary>Seeded small instances, and the best map by trying all.</summary>
static class MadeComposition
{
    public static (CategoryScores Scores, ExpertSize[] Sizes) Instance(int categories, int experts, int seed)
    {
        var random = new Random(seed);
        double[] shares = [.. Enumerable.Range(0, categories).Select(_ => 0.05 + random.NextDouble())];
        double whole = shares.Sum();
        double[][] values = [.. shares.Select(_ => Enumerable.Range(0, experts).Select(_ => random.NextDouble()).ToArray())];
        var scores = new CategoryScores(
            [.. Enumerable.Range(0, categories).Select(category => $"c{category}")],
            [.. Enumerable.Range(0, experts).Select(expert => $"e{expert}")],
            [.. shares.Select(share => share / whole)],
            values,
            [.. values.Select(row => row.Select(_ => 10.0).ToArray())],
            [.. Enumerable.Range(0, experts).Select(expert => values.Average(row => row[expert]))]);
        return (scores, [.. Enumerable.Range(0, experts).Select(_ =>
            new ExpertSize(random.Next(1, 20) * 100, random.Next(1, 20) * 10))]);
    }

    /// <summary>Every map with its quality, resident bytes and mean active parameters.</summary>
    public static IEnumerable<(double Quality, long Bytes, double Active)> All(CategoryScores scores, ExpertSize[] sizes)
    {
        int categories = scores.Categories.Count;
        int experts = scores.Experts.Count;
        for (long code = 0; code < (long)Math.Pow(experts, categories); code++)
        {
            var map = new int[categories];
            long rest = code;
            for (int category = 0; category < categories; category++, rest /= experts)
                map[category] = (int)(rest % experts);
            yield return (
                map.Select((expert, category) => scores.Shares[category] * scores.Values[category][expert]).Sum(),
                map.Distinct().Sum(expert => sizes[expert].ResidentBytes!.Value),
                map.Select((expert, category) => scores.Shares[category] * sizes[expert].ActiveParameters!.Value).Sum());
        }
    }

    public static double Best(CategoryScores scores, ExpertSize[] sizes, CompositionBudget budget) => All(scores, sizes)
        .Where(map => map.Bytes <= (budget.MaxResidentBytes ?? long.MaxValue))
        .Where(map => map.Active <= (budget.MaxMeanActiveParameters ?? double.MaxValue) + 1e-9)
        .Select(map => map.Quality).DefaultIfEmpty(double.NaN).Max();
}
