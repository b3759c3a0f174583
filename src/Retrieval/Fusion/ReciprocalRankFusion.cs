using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;

namespace Orchestrator.Retrieval.Fusion;

/// <summary>
/// One ranking of several, by places alone: an item's score is the sum over the rankings that have it of weight / (k + place),
/// places from 1 (Cormack, Clarke and Büttcher, SIGIR 2009). Scores of different searches need not be comparable.
/// </summary>
public static class ReciprocalRankFusion
{
    /// <returns>Every item once, the highest score first, of equal ones that which is met first, place by place.</returns>
    /// <exception cref="ArgumentException">A weight is negative or no number, or a ranking has an item twice.</exception>
    public static IReadOnlyList<Fused<T>> Fuse<T>(IReadOnlyList<Ranking<T>> rankings, RankFusionOptions? options = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rankings);
        options ??= RankFusionOptions.Default;
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        if (rankings.Any(ranking => !(ranking.Weight >= 0 && double.IsFinite(ranking.Weight))))
            throw new ArgumentException("The weight of a ranking must be a number from 0 on.", nameof(rankings));
        if (rankings.Any(ranking => ranking.Items.Distinct().Count() < ranking.Items.Count))
            throw new ArgumentException("A ranking has an item twice.", nameof(rankings));
        var scores = new Dictionary<T, (double Score, int Met)>();
        for (int place = 0; place < rankings.Select(ranking => ranking.Items.Count).DefaultIfEmpty().Max(); place++)
        {
            foreach (Ranking<T> ranking in rankings)
            {
                if (place >= ranking.Items.Count)
                    continue;
                ref var item = ref CollectionsMarshal.GetValueRefOrAddDefault(scores, ranking.Items[place], out bool known);
                item = (item.Score + (ranking.Weight / (options.K + place + 1)), known ? item.Met : scores.Count);
            }
        }
        return [.. scores.OrderByDescending(item => item.Value.Score).ThenBy(item => item.Value.Met)
            .Select(item => new Fused<T>(item.Key, item.Value.Score))];
    }
}

/// <param name="Items">The best first, each once.</param>
/// <param name="Weight">From 0 on.</param>
public sealed record Ranking<T>(IReadOnlyList<T> Items, double Weight = 1);

/// <summary>An item and the sum of what its places count.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Fused<T>(T Item, double Score);
