using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.RouterEvaluation.Learning;

/// <summary>What came of choices on the training questions.</summary>
sealed class HeldOutOutcomes(OutcomeTable training)
{
    public int Count => training.Rows.Count;

    public bool Has(int row, int column) => column >= 0 && training.Rows[row].Outcomes[column] is not null;

    public double Score(int row, int column) => training.Rows[row].Outcomes[column]!.Value.Score;

    /// <returns>Mean score of the choices whose outcome is known; not a number without any.</returns>
    public double Score(IEnumerable<int> columns)
    {
        double[] scores = [.. columns.Select((column, row) => Has(row, column) ? Score(row, column) : double.NaN).Where(double.IsFinite)];
        return scores.Length > 0 ? scores.Average() : double.NaN;
    }

    /// <returns>Mean cost of the choices; null when one of them is unknown.</returns>
    public double? Cost(IEnumerable<int> columns)
    {
        double sum = 0;
        foreach ((int column, int row) in columns.Select((column, row) => (column, row)))
        {
            if (!Has(row, column) || training.Rows[row].Outcomes[column]!.Value.Cost is not { } cost)
                return null;
            sum += cost;
        }
        return sum / Count;
    }
}
