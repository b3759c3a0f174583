using System.Numerics.Tensors;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>
/// The trade-offs argmax(score − μ · cost) between what an expert is expected to score and what it is expected to cost: its
/// mean over the training questions.
/// </summary>
public sealed class Prices
{
    /// <summary>From a thousandth of a point for the dearest expert's cost to where only cost counts, in equal ratios.</summary>
    const int Steps = 96;

    const double Least = 1e-3, Most = 1e2;

    readonly double[] _costs;

    Prices(double[] costs)
    {
        _costs = costs;
        double dearest = costs.Max();
        Rates = [0, .. Enumerable.Range(0, Steps).Select(step => Least * Math.Pow(Most / Least, step / (Steps - 1.0)) / dearest)];
    }

    /// <summary>Every μ, rising from 0: points of score for one unit of cost.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <returns>Null when the cost of an expert is unknown, or everything is free: there is nothing to trade.</returns>
    public static Prices? Of(OutcomeTable training)
    {
        double[][] known = [.. training.Experts.Select((_, column) =>
            training.Rows.Select(row => row.Outcomes[column]?.Cost).OfType<double>().ToArray())];
        return known.All(costs => costs.Length > 0) && known.Any(costs => costs.Max() > 0)
            ? new Prices([.. known.Select(costs => costs.Average())])
            : null;
    }

    /// <returns>The column of the best trade-off; −1 where nothing is expected of anyone.</returns>
    public int Choose(IReadOnlyList<double> scores, int rate)
    {
        int best = -1;
        double most = double.NegativeInfinity;
        for (int column = 0; column < _costs.Length; column++)
        {
            double worth = scores[column] - Rates[rate] * _costs[column];
            if (worth > most)
                (best, most) = (column, worth);
        }
        return best;
    }
}
