using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Retrieval.Arms;
using Orchestrator.Jobs.Retrieval.Judging;

namespace Orchestrator.Jobs.Retrieval.Results;

/// <summary>One measure of all arms with intervals: by collection, as the mean over collections, and over all queries together.</summary>
sealed class ArmScores
{
    readonly Bootstrap[] _collections;
    readonly Bootstrap _mean, _pooled;

    public ArmScores(IReadOnlyList<ArmRow> arms, Func<RankScores, double> measure, BootstrapOptions options)
    {
        int collections = arms[0].Runs.Count;
        double[][][] columns =
        [
            .. Enumerable.Range(0, collections).Select(collection =>
                arms.Select(arm => arm.Runs[collection].Select(run => measure(run.Scores)).ToArray()).ToArray()),
        ];
        // Collections of equal size must not draw the same places.
        _collections = [.. columns.Select((of, i) => new Bootstrap(of, options with { Seed = options.Seed + i }))];
        _mean = Bootstrap.OfGroups(_collections);
        _pooled = new Bootstrap([.. arms.Select((_, arm) => columns.SelectMany(of => of[arm]).ToArray())], options);
    }

    /// <summary>Of each collection, then the mean over them, then pooled.</summary>
    public IEnumerable<Estimate> Of(int arm) => All.Select(bootstrap => bootstrap.Mean(arm));

    /// <summary>In the same order: how much higher than another arm, paired by query.</summary>
    public IEnumerable<Estimate> Above(int arm, int other) => All.Select(bootstrap => bootstrap.Difference(arm, other));

    public Estimate Mean(int arm) => _mean.Mean(arm);

    public Estimate MeanAbove(int arm, int other) => _mean.Difference(arm, other);

    IEnumerable<Bootstrap> All => [.. _collections, _mean, _pooled];
}
