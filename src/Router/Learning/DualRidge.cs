using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>
/// What <see cref="RidgeRegression"/> fits, in its dual form: W = X̃ᵀ(X̃X̃ᵀ + λI)⁻¹Ỹ, where the tilde takes away the means over the
/// rows, so that the bias is not penalised. Cubic in the rows and not in the features: for fewer rows than features. Immutable.
/// </summary>
sealed class DualRidge
{
    /// <summary>Of each model, the bias last; null for a model without any outcome.</summary>
    readonly double[]?[] _weights;

    DualRidge(double[]?[] weights) => _weights = weights;

    /// <param name="rows">n rows of d features; not kept.</param>
    /// <param name="product">The dot product of two rows, by their indices.</param>
    /// <param name="scores">n rows of one score for each model; not a number where there is no outcome.</param>
    /// <param name="penalty">λ, above 0.</param>
    /// <exception cref="ArgumentException">Rows and scores do not fit together, or λ is not above 0.</exception>
    public static DualRidge Fit(IReadOnlyList<float[]> rows, Func<int, int, double> product, IReadOnlyList<double[]> scores, double penalty)
    {
        Inputs.Positive(penalty, nameof(penalty));
        var weights = new double[]?[Inputs.Targets(scores, rows.Count)];
        int width = Inputs.Width(rows);
        foreach (var same in Enumerable.Range(0, weights.Length).GroupBy(model => RidgeRegression.Missing(scores, model)))
        {
            int[] models = [.. same];
            int[] known = [.. Enumerable.Range(0, rows.Count).Where(row => !double.IsNaN(scores[row][models[0]]))];
            if (known.Length == 0) continue;
            double[][] products = Products(known, product);
            double[] means = Means(products);
            UpdatableCholesky factor = UpdatableCholesky.Of(Centred(products, means, penalty));
            foreach (int model in models)
                weights[model] = Weights(rows, width, known, means, factor, [.. known.Select(row => scores[row][model])]);
        }
        return new DualRidge(weights);
    }

    /// <param name="row">d features.</param>
    /// <param name="scores">Receives the expected score of each model; not a number for a model without any outcome.</param>
    public void Predict(ReadOnlySpan<float> row, Span<double> scores)
    {
        var x = new double[row.Length];
        TensorPrimitives.ConvertTruncating(row, x.AsSpan());
        for (int model = 0; model < _weights.Length; model++)
            scores[model] = _weights[model] is { } weights ? TensorPrimitives.Dot<double>(weights.AsSpan(0, x.Length), x) + weights[^1] : double.NaN;
    }

    /// <returns>Row k from its diagonal on.</returns>
    static double[][] Products(int[] known, Func<int, int, double> product) =>
        [.. known.Select((row, k) => known.Skip(k).Select(other => product(row, other)).ToArray())];

    /// <returns>Of each row the mean of its products with all rows.</returns>
    static double[] Means(double[][] products)
    {
        var means = new double[products.Length];
        for (int k = 0; k < means.Length; k++)
        {
            means[k] += products[k][0];
            for (int after = 1; after < products[k].Length; after++)
            {
                means[k] += products[k][after];
                means[k + after] += products[k][after];
            }
        }
        TensorPrimitives.Divide(means, means.Length, means.AsSpan());
        return means;
    }

    /// <summary>X̃X̃ᵀ + λI of XXᵀ, in place.</summary>
    static double[][] Centred(double[][] products, double[] means, double penalty)
    {
        double mean = means.Average();
        for (int k = 0; k < products.Length; k++)
        {
            TensorPrimitives.Subtract<double>(products[k], means.AsSpan(k), products[k]);
            TensorPrimitives.Add(products[k], mean - means[k], products[k].AsSpan());
            products[k][0] += penalty;
        }
        return products;
    }

    /// <summary>The dual coefficients sum to 0, so that rows need no centring here, and the bias only their mean products.</summary>
    static double[] Weights(IReadOnlyList<float[]> rows, int width, int[] known, double[] means, UpdatableCholesky factor, double[] scores)
    {
        double mean = scores.Average();
        TensorPrimitives.Subtract(scores, mean, scores.AsSpan());
        factor.Solve(scores);
        var weights = new double[width + 1];
        Span<double> x = new double[width], sums = weights.AsSpan(0, width);
        for (int i = 0; i < known.Length; i++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(rows[known[i]], x);
            TensorPrimitives.MultiplyAdd(x, scores[i], sums, sums);
        }
        weights[width] = mean - TensorPrimitives.Dot<double>(scores, means);
        return weights;
    }
}
