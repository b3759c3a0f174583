using Orchestrator.Jobs.Reports;
using Orchestrator.Router.Pilots;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Jobs.Retrieval.Learning;

/// <summary>Says what pilots were made of: who won how many queries of each domain, and by how much.</summary>
public static class PilotReport
{
    const double Same = 1e-9;

    public static string Text(ScoredQueries scored, PilotLibrary library, IReadOnlyList<PilotTrial> trials)
    {
        var lines = new List<string>();
        lines.AddRange(TextColumns.Align([Header(scored), .. Domains(scored, library)]));
        lines.Add("");
        lines.Add($"Mean over domains: base {Points(Mean(scored, 0))}, best expert of each domain {Points(ByDomain(scored))}, "
            + $"best expert of each query {Points(PilotTrials.MeanOverDomains(scored, row => scored.Samples[row].Scores.Max() ?? 0))}.");
        if (trials.Count > 0)
        {
            lines.Add("Routed, each query by pilots that were made without it:");
            lines.AddRange(TextColumns.Align([["labels", "ties", "clusters", "rule", "nDCG@10"], .. trials.Select(Row)]));
        }
        lines.Add(library.Floor is { } floor
            ? $"Floor: a query below cosine {floor:0.000} with its nearest pilot is left to {library.Base}."
            : $"Floor: none; nothing is left to {library.Base} as a stranger.");
        return string.Join('\n', lines);
    }

    static string[] Header(ScoredQueries scored) =>
        ["domain", "queries", "pilots", "tied", .. scored.Experts.SelectMany(expert => new[] { expert, "wins" })];

    static IEnumerable<IReadOnlyList<string>> Domains(ScoredQueries scored, PilotLibrary library) =>
        scored.Samples.GroupBy(sample => sample.Domain, StringComparer.Ordinal).Select(domain =>
        {
            PilotSample[] samples = [.. domain];
            int tied = samples.Count(sample => Leaders(sample).Count() > 1);
            return (string[])
            [
                domain.Key, $"{samples.Length}", $"{library.Pilots.Count(pilot => pilot.Domain == domain.Key)}", $"{tied}",
                .. scored.Experts.SelectMany((_, expert) => new[]
                {
                    samples.Average(sample => sample.Scores[expert]) is { } mean ? Points(mean) : Words.None,
                    $"{samples.Count(sample => Leaders(sample).SequenceEqual([expert]))}",
                }),
            ];
        });

    static IEnumerable<int> Leaders(PilotSample sample) =>
        Enumerable.Range(0, sample.Scores.Count).Where(expert => sample.Scores[expert] >= sample.Scores.Max() - Same);

    static double Mean(ScoredQueries scored, int expert) =>
        PilotTrials.MeanOverDomains(scored, row => scored.Samples[row].Scores[expert] ?? 0);

    static double ByDomain(ScoredQueries scored) =>
        scored.Samples.GroupBy(sample => sample.Domain, StringComparer.Ordinal)
            .Average(domain => Enumerable.Range(0, scored.Experts.Count).Max(expert => domain.Average(sample => sample.Scores[expert] ?? 0)));

    static string[] Row(PilotTrial trial) =>
        [$"{trial.Labels}".ToLowerInvariant(), $"{trial.Ties}".ToLowerInvariant(), $"{trial.Clusters}", $"{trial.Rule}".ToLowerInvariant(), Points(trial.Score)];

    static string Points(double score) => $"{100 * score:0.0}";
}
