using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>What every learner asks of its rows and targets, said once.</summary>
static class Inputs
{
    /// <returns>Numbers in each row.</returns>
    /// <exception cref="ArgumentException">No rows, rows of unequal width, or a number that is not finite.</exception>
    public static int Width(IReadOnlyList<float[]> rows)
    {
        if (rows.Count == 0 || rows[0].Length == 0)
            throw new ArgumentException("There must be at least one row of at least one number.", nameof(rows));
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length != rows[0].Length)
                throw new ArgumentException($"Row {row} has {rows[row].Length} numbers, row 0 has {rows[0].Length}.", nameof(rows));
            if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(rows[row])))
                throw new ArgumentException($"Row {row} holds a number that is not finite.", nameof(rows));
        }
        return rows[0].Length;
    }

    /// <returns>Targets in each row.</returns>
    /// <exception cref="ArgumentException">Not one array of targets for each row, of equal width, not infinite.</exception>
    public static int Targets(IReadOnlyList<double[]> targets, int rows)
    {
        if (targets.Count != rows)
            throw new ArgumentException($"There are {rows} rows but {targets.Count} rows of targets.", nameof(targets));
        for (int row = 0; row < rows; row++)
        {
            if (targets[row].Length == 0 || targets[row].Length != targets[0].Length)
                throw new ArgumentException(
                    $"Row {row} has {targets[row].Length} targets, row 0 has {targets[0].Length}.", nameof(targets));
            if (targets[row].Any(double.IsInfinity))
                throw new ArgumentException($"Row {row} has an infinite target.", nameof(targets));
        }
        return targets[0].Length;
    }

    /// <exception cref="ArgumentException">A row of targets is not a distribution.</exception>
    public static void Probabilities(IReadOnlyList<double[]> targets)
    {
        for (int row = 0; row < targets.Count; row++)
            if (!targets[row].All(target => target >= 0) || Math.Abs(targets[row].Sum() - 1) > 1e-6)
                throw new ArgumentException($"The targets of row {row} are not probabilities that sum to 1.", nameof(targets));
    }

    public static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ArgumentException($"{name} is {value}; it must be a finite number above 0.", name);
    }
}
