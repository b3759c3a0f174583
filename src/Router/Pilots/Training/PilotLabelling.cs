namespace Orchestrator.Router.Pilots.Training;

/// <summary>Tells for each query which expert it counts for.</summary>
static class PilotLabelling
{
    /// <summary>Scores are sums of few discounts: closer ones are the same up to rounding.</summary>
    const double Same = 1e-9;

    /// <returns>For each sample the place of its expert; null where it counts for nobody.</returns>
    public static int?[] Of(IReadOnlyList<PilotSample> samples, PilotTrainingOptions options)
    {
        if (options.Labels == PilotLabels.Query)
            return [.. samples.Select(sample => Best(sample.Scores, options.Ties))];
        var winners = samples.GroupBy(sample => sample.Domain, StringComparer.Ordinal)
            .ToDictionary(domain => domain.Key, domain => Best(Means([.. domain]), PilotTies.First), StringComparer.Ordinal);
        return [.. samples.Select(sample => winners[sample.Domain])];
    }

    /// <summary>Over the samples that an expert was asked.</summary>
    public static double?[] Means(IReadOnlyList<PilotSample> samples) =>
        [.. Enumerable.Range(0, samples[0].Scores.Count).Select(expert => samples.Average(sample => sample.Scores[expert]))];

    static int? Best(IReadOnlyList<double?> scores, PilotTies ties)
    {
        double best = scores.Max() ?? double.NaN;
        int[] leaders = [.. Enumerable.Range(0, scores.Count).Where(expert => scores[expert] >= best - Same)];
        return leaders.Length == 0 || (ties == PilotTies.Nobody && leaders.Length > 1) ? null : leaders[0];
    }
}
