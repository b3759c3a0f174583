using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>
/// The trade-offs argmax(score − μ · cost) between what an expert is expected to score and what it is expected to cost: a
/// straight line over the question's length, by least squares on the training questions.
/// </summary>
public sealed class Prices
{
    /// <summary>From a thousandth of a point for the dearest expert's cost to where only cost counts, in equal ratios.</summary>
    const int Steps = 96;

    const double Least = 1e-3, Most = 1e2;

    readonly (double Base, double Slope)[] _costs;

    Prices((double Base, double Slope)[] costs, double dearest)
    {
        _costs = costs;
        Rates = [0, .. Enumerable.Range(0, Steps).Select(step => Least * Math.Pow(Most / Least, step / (Steps - 1.0)) / dearest)];
    }

    /// <summary>Every μ, rising from 0: points of score for one unit of cost.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <returns>Null when the cost of an expert is unknown, or everything is free: there is nothing to trade.</returns>
    public static Prices? Of(OutcomeTable training)
    {
        (double Length, double Cost)[][] known = [.. training.Experts.Select((_, column) => training.Rows
            .Where(row => row.Outcomes[column]?.Cost is not null)
            .Select(row => ((double)row.Question.Length, row.Outcomes[column]!.Value.Cost!.Value)).ToArray())];
        return known.All(costs => costs.Length > 0) && known.Any(costs => costs.Any(pair => pair.Cost > 0))
            ? new Prices([.. known.Select(Line)], known.Max(costs => costs.Average(pair => pair.Cost)))
            : null;
    }

    /// <param name="length">Characters of the question.</param>
    /// <returns>The column of the best trade-off; −1 where nothing is expected of anyone.</returns>
    public int Choose(IReadOnlyList<double> scores, int length, int rate)
    {
        int best = -1;
        double most = double.NegativeInfinity;
        for (int column = 0; column < _costs.Length; column++)
        {
            double worth = scores[column] - Rates[rate] * Math.Max(0, _costs[column].Base + _costs[column].Slope * length);
            if (worth > most)
                (best, most) = (column, worth);
        }
        return best;
    }

    static (double Base, double Slope) Line((double Length, double Cost)[] known)
    {
        double length = known.Average(pair => pair.Length), cost = known.Average(pair => pair.Cost);
        double spread = known.Sum(pair => (pair.Length - length) * (pair.Length - length));
        double slope = spread > 0 ? known.Sum(pair => (pair.Length - length) * (pair.Cost - cost)) / spread : 0;
        return (cost - slope * length, slope);
    }
}
