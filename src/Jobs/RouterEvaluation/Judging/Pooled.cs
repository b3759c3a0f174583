using Orchestrator.Jobs.Evaluation.Statistics;

namespace Orchestrator.Jobs.RouterEvaluation.Judging;

/// <summary>
/// All splits together: a question counts once, with the mean over the splits that tested it, so that intervals are over questions
/// and not over repetitions of them.
/// </summary>
public sealed class Pooled
{
    readonly Dictionary<string, double[]> _scores;
    readonly Bootstrap _bootstrap;
    readonly string[] _names;

    /// <param name="splits">At least one.</param>
    public Pooled(IReadOnlyList<JudgedSplit> splits, BootstrapOptions options)
    {
        Rows = [.. splits.SelectMany(split => split.Rows).Distinct().Order()];
        // A contender that could not be fitted to one of the splits has no mean over all of them.
        _names = [.. splits[0].Columns.Select(column => column.Name)
            .Where(name => splits.All(split => split.Columns.Any(column => column.Name == name)))];
        _scores = _names.ToDictionary(name => name, name => Means(splits, name), StringComparer.Ordinal);
        _bootstrap = new Bootstrap([.. _names.Select(name => _scores[name])], options);
    }

    /// <summary>Rows of the set that were tested at least once.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Contenders and references that are in every split.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>One for each of <see cref="Rows"/>.</summary>
    public IReadOnlyList<double> Scores(string name) => _scores[name];

    public Estimate Mean(string name) => _bootstrap.Mean(Of(name));

    public Estimate Difference(string name, string other) => _bootstrap.Difference(Of(name), Of(other));

    /// <returns>Null when nothing could be gained.</returns>
    public Estimate? GapClosed(string name) => _bootstrap.GapClosed(Of(name), Of(ReferenceNames.BestSingle), Of(ReferenceNames.Oracle));

    int Of(string name) => Array.IndexOf(_names, name);

    double[] Means(IReadOnlyList<JudgedSplit> splits, string name)
    {
        Dictionary<int, int> places = Rows.Select((row, place) => (row, place)).ToDictionary(pair => pair.row, pair => pair.place);
        double[] sums = new double[Rows.Count], counts = new double[Rows.Count];
        foreach (JudgedSplit split in splits)
        {
            IReadOnlyList<double> scores = split.Columns.First(column => column.Name == name).Scores;
            for (int i = 0; i < scores.Count; i++)
            {
                sums[places[split.Rows[i]]] += scores[i];
                counts[places[split.Rows[i]]]++;
            }
        }
        return [.. sums.Zip(counts, (sum, count) => sum / count)];
    }
}
