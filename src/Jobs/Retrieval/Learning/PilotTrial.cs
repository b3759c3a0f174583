using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Pilots;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Jobs.Retrieval.Learning;

/// <summary>What a way of making and reading pilots is worth on queries that its pilots were made without.</summary>
/// <param name="Score">Mean over domains of the chosen experts' mean nDCG@10.</param>
public sealed record PilotTrial(PilotLabels Labels, PilotTies Ties, int Clusters, PilotRule Rule, double Score);

/// <summary>Tries ways of making pilots by five folds of the queries that they are made from.</summary>
public static class PilotTrials
{
    const int Folds = 5;

    static readonly int[] Clusters = [1, 2, 4, 8];

    static readonly (PilotLabels Labels, PilotTies Ties)[] Labellings =
        [(PilotLabels.Query, PilotTies.First), (PilotLabels.Query, PilotTies.Nobody), (PilotLabels.Domain, PilotTies.First)];

    /// <returns>The best first; of equally good ones the simpler.</returns>
    public static IReadOnlyList<PilotTrial> Of(ScoredQueries scored, PilotTrainingOptions options) =>
    [
        .. Labellings.SelectMany(labelling => Clusters.SelectMany(clusters => Of(scored, options with
        {
            Labels = labelling.Labels, Ties = labelling.Ties, Clusters = clusters,
        }, Enum.GetValues<PilotRule>()))).OrderByDescending(trial => Math.Round(trial.Score, 4)),
    ];

    /// <summary>One fit a fold for all rules.</summary>
    public static IEnumerable<PilotTrial> Of(ScoredQueries scored, PilotTrainingOptions options, IReadOnlyList<PilotRule> rules)
    {
        int[] order = [.. Enumerable.Range(0, scored.Samples.Count)];
        new Random(options.Seed).Shuffle(order);
        var scores = rules.Select(_ => new double[order.Length]).ToArray();
        for (int fold = 0; fold < Folds; fold++)
        {
            PilotSample[] kept = [.. order.Where((_, i) => i % Folds != fold).Select(i => scored.Samples[i])];
            int[] heldOut = [.. order.Where((_, i) => i % Folds == fold)];
            if (kept.Length == 0)
                continue;
            // No floor: these queries are no strangers.
            PilotLibrary library = PilotTraining.Fit("trial", scored.Experts, kept, options with { FloorQuantile = 0 });
            foreach (int row in heldOut)
            {
                for (int rule = 0; rule < rules.Count; rule++)
                    scores[rule][row] = Routed(scored, library, row, rules[rule]);
            }
        }
        return rules.Select((rule, i) => new PilotTrial(
            options.Labels, options.Ties, options.Clusters, rule, MeanOverDomains(scored, row => scores[i][row])));
    }

    /// <summary>Every domain counts alike, however many queries it has.</summary>
    public static double MeanOverDomains(ScoredQueries scored, Func<int, double> score) =>
        scored.Samples.Index().GroupBy(sample => sample.Item.Domain, StringComparer.Ordinal)
            .Average(domain => domain.Average(sample => score(sample.Index)));

    static double Routed(ScoredQueries scored, PilotLibrary library, int row, PilotRule rule)
    {
        PilotSample sample = scored.Samples[row];
        string expert = library.Route(sample.Vector, new PilotOptions { Rule = rule, Floor = -1 }, [.. scored.Experts]).Expert;
        return sample.Scores[scored.Table.ColumnOf(expert)] ?? 0;
    }
}
