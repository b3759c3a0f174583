using System.Numerics.Tensors;

namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>
/// Percentile bootstrap over questions. All columns are resampled together: a resample draws the same questions for each
/// of them, so that their differences and ratios are paired.
/// </summary>
public sealed class Bootstrap
{
    readonly BootstrapOptions _options;
    readonly double[] _means;
    readonly double[][] _resampled;

    /// <param name="columns">One score a question in each; as many in all, at least one.</param>
    /// <exception cref="ArgumentException">The columns are empty or differ in length.</exception>
    public Bootstrap(IReadOnlyList<double[]> columns, BootstrapOptions options)
    {
        if (columns.Count == 0 || columns[0].Length == 0 || columns.Any(column => column.Length != columns[0].Length))
            throw new ArgumentException("Every column needs one score for each question, of at least one.", nameof(columns));
        _options = options;
        _means = [.. columns.Select(column => TensorPrimitives.Sum<double>(column) / column.Length)];
        _resampled = Resample(columns, options);
    }

    Bootstrap(BootstrapOptions options, double[] means, double[][] resampled) => (_options, _means, _resampled) = (options, means, resampled);

    /// <summary>The mean over groups of questions, each of which counts alike and is resampled by itself.</summary>
    /// <param name="groups">With the same columns and options each; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or their columns differ in number.</exception>
    public static Bootstrap OfGroups(IReadOnlyList<Bootstrap> groups)
    {
        if (groups.Count == 0 || groups.Any(group => group._means.Length != groups[0]._means.Length))
            throw new ArgumentException("There must be a group, and each needs the same columns.", nameof(groups));
        return new Bootstrap(
            groups[0]._options,
            [.. groups[0]._means.Select((_, column) => groups.Average(group => group._means[column]))],
            [.. groups[0]._resampled.Select((resampled, column) => resampled.Select((_, i) => groups.Average(group => group._resampled[column][i])).ToArray())]);
    }

    public Estimate Mean(int column) => Of(_means[column], _resampled[column]);

    /// <summary>How much higher the mean of the one column is than that of the other.</summary>
    public Estimate Difference(int column, int other)
    {
        double[] differences = new double[_options.Resamples];
        TensorPrimitives.Subtract(_resampled[column], _resampled[other], differences);
        return Of(_means[column] - _means[other], differences);
    }

    /// <summary>
    /// (ours − baseline) / (oracle − baseline): which share of what choosing among the experts can gain was gained. Resamples in
    /// which nothing could be gained say nothing and are left out.
    /// </summary>
    /// <returns>Null when nothing could be gained.</returns>
    public Estimate? GapClosed(int ours, int baseline, int oracle)
    {
        if (Statistics.GapClosed.Of(_means[ours], _means[baseline], _means[oracle]) is not { } value)
            return null;
        double[] shares = [.. Enumerable.Range(0, _options.Resamples)
            .Select(i => Statistics.GapClosed.Of(_resampled[ours][i], _resampled[baseline][i], _resampled[oracle][i]))
            .OfType<double>()];
        return shares.Length > 0 ? Of(value, shares) : new Estimate(value, new Interval(value, value));
    }

    Estimate Of(double value, double[] resampled)
    {
        double[] sorted = [.. resampled.Order()];
        double tail = (1 - _options.Level) / 2;
        return new Estimate(value, new Interval(Quantile(sorted, tail), Quantile(sorted, 1 - tail)));
    }

    /// <summary>Between neighbours in proportion.</summary>
    static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length
            ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
            : sorted[below];
    }

    /// <summary>A resample is how often it drew each question, so that a mean is one dot product.</summary>
    static double[][] Resample(IReadOnlyList<double[]> columns, BootstrapOptions options)
    {
        int count = columns[0].Length;
        var random = new Random(options.Seed);
        double[] draws = new double[count];
        double[][] means = [.. columns.Select(_ => new double[options.Resamples])];
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            Array.Clear(draws);
            for (int i = 0; i < count; i++)
                draws[random.Next(count)]++;
            for (int column = 0; column < columns.Count; column++)
                means[column][resample] = TensorPrimitives.Dot<double>(draws, columns[column]) / count;
        }
        return means;
    }
}
