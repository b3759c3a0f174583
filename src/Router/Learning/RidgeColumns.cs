using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>
/// The models of a <see cref="RidgeRegression"/> that have outcomes for exactly the same rows, and so share one factor of
/// XᵀX + λI. A row, here, ends with the 1 of the bias, which is not penalised.
/// </summary>
sealed class RidgeColumns
{
    readonly UpdatableCholesky _factor;
    readonly List<int> _models;
    readonly List<double[]> _weights;

    RidgeColumns(UpdatableCholesky factor, List<int> models, List<double[]> weights, int count)
    {
        _factor = factor;
        _models = models;
        _weights = weights;
        Count = count;
    }

    /// <param name="gram">XᵀX of the rows, with bias; the penalty is added to it in place.</param>
    /// <param name="moments">Xᵀy of each model; becomes its weights.</param>
    public static RidgeColumns Fit(double[][] gram, double penalty, List<int> models, List<double[]> moments, int count)
    {
        for (int k = 0; k < gram.Length - 1; k++)
            gram[k][0] += penalty;
        // Without a row the bias has no information at all: its pivot stays 0 until the first row comes.
        UpdatableCholesky factor = count > 0
            ? UpdatableCholesky.Of(gram)
            : UpdatableCholesky.OfDiagonal([.. gram.Select(row => row[0])]);
        if (count > 0)
            moments.ForEach(moment => factor.Solve(moment));
        return new RidgeColumns(factor, models, moments, count);
    }

    public IReadOnlyList<int> Models => _models;

    /// <summary>Rows that the models have outcomes for.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a model whose outcomes are for the same rows.</summary>
    public void Join(int model, double[] moment)
    {
        _factor.Solve(moment);
        _models.Add(model);
        _weights.Add(moment);
    }

    /// <summary>Takes the models without an outcome for a row away, into columns of their own.</summary>
    /// <returns>Null when all or none have one.</returns>
    public RidgeColumns? SplitMissing(ReadOnlySpan<double> scores)
    {
        List<int> missing = [];
        foreach (int model in _models)
            if (double.IsNaN(scores[model]))
                missing.Add(model);
        if (missing.Count == 0 || missing.Count == _models.Count)
            return null;
        List<double[]> weights = [.. missing.Select(model => _weights[_models.IndexOf(model)])];
        _models.RemoveAll(missing.Contains);
        _weights.RemoveAll(weights.Contains);
        return new RidgeColumns(_factor.Copy(), missing, weights, Count);
    }

    /// <summary>Recursive least squares: W += A⁻¹x·(y − xᵀW) with A of after the row.</summary>
    public void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> scores)
    {
        _factor.Add(row);
        Move(row, scores, 1);
        Count++;
    }

    /// <summary>The reverse: W −= A⁻¹x·(y − xᵀW).</summary>
    /// <exception cref="ArithmeticException">The row is not among those that were added; nothing was changed.</exception>
    public void Remove(ReadOnlySpan<double> row, ReadOnlySpan<double> scores)
    {
        _factor.Remove(row);
        Move(row, scores, -1);
        Count--;
    }

    public void Predict(ReadOnlySpan<double> row, Span<double> scores)
    {
        for (int i = 0; i < _models.Count; i++)
            scores[_models[i]] = Count > 0 ? TensorPrimitives.Dot(_weights[i], row) : double.NaN;
    }

    /// <returns>Leverage h = xᵀA⁻¹x: how much of a row's own outcome is in its prediction, 0…1.</returns>
    public double Leverage(ReadOnlySpan<double> row)
    {
        double[] white = row.ToArray();
        _factor.Whiten(white);
        return TensorPrimitives.SumOfSquares<double>(white);
    }

    void Move(ReadOnlySpan<double> row, ReadOnlySpan<double> scores, int sign)
    {
        double[] gain = row.ToArray();
        _factor.Solve(gain);
        for (int i = 0; i < _models.Count; i++)
        {
            double residual = scores[_models[i]] - TensorPrimitives.Dot(_weights[i], row);
            TensorPrimitives.MultiplyAdd<double>(gain, sign * residual, _weights[i], _weights[i]);
        }
    }
}
