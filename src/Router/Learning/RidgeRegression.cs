using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>
/// One ridge regression per model on shared rows, W = (XᵀX + λI)⁻¹XᵀY as DUME, with a bias column that, unlike DUME's, is
/// not penalised, so that λ shrinks toward the model's own mean. Rows come and go exactly, in O(d²) each: the factor is
/// updated by rank one. A model with missing outcomes is exact on its own rows; models that miss the same rows share a
/// factor (d² / 2 numbers), the others have their own. Not thread safe.
/// </summary>
sealed class RidgeRegression
{
    readonly List<RidgeColumns> _columns = [];
    readonly double _penalty;

    RidgeRegression(int width, double penalty) => (Width, _penalty) = (width, penalty);

    /// <param name="rows">n rows of d features; not kept.</param>
    /// <param name="scores">n rows of one score for each model; not a number where there is no outcome.</param>
    /// <param name="penalty">λ, above 0.</param>
    /// <exception cref="ArgumentException">Rows and scores do not fit together, or λ is not above 0.</exception>
    public static RidgeRegression Fit(IReadOnlyList<float[]> rows, IReadOnlyList<double[]> scores, double penalty)
    {
        Inputs.Positive(penalty, nameof(penalty));
        int models = Inputs.Targets(scores, rows.Count);
        var ridge = new RidgeRegression(Inputs.Width(rows), penalty) { Models = models };
        double[][] whole = GramMatrix.Of(rows, ridge.Width, bias: true);
        foreach (var same in Enumerable.Range(0, models).GroupBy(model => Missing(scores, model)))
            ridge._columns.Add(ridge.FitColumns(rows, scores, whole, [.. same]));
        return ridge;
    }

    public int Width { get; }

    public int Models { get; private set; }

    /// <returns>Rows that the model has outcomes for.</returns>
    public int Count(int model) => _columns.First(columns => columns.Models.Contains(model)).Count;

    /// <param name="row">d features.</param>
    /// <param name="scores">Receives the expected score of each model; not a number for a model without any outcome.</param>
    public void Predict(ReadOnlySpan<float> row, Span<double> scores)
    {
        Check(row.Length, scores.Length);
        Span<double> x = Width < 1024 ? stackalloc double[Width + 1] : new double[Width + 1];
        Widen(row, x);
        foreach (RidgeColumns columns in _columns)
            columns.Predict(x, scores);
    }

    /// <summary>What would be expected of a row had it, with these scores, never been added (closed form).</summary>
    public void PredictWithout(ReadOnlySpan<float> row, ReadOnlySpan<double> scores, Span<double> expected)
    {
        Check(row.Length, scores.Length);
        Predict(row, expected);
        double[] x = Widened(row);
        foreach (RidgeColumns columns in _columns)
        {
            double own = columns.Count > 1 ? columns.Leverage(x) : 1;
            foreach (int model in columns.Models)
                if (!double.IsNaN(scores[model]))
                    expected[model] = own < 1 ? scores[model] - (scores[model] - expected[model]) / (1 - own) : double.NaN;
        }
    }

    public void Add(ReadOnlySpan<float> row, ReadOnlySpan<double> scores)
    {
        double[] x = Checked(row, scores);
        Split(scores);
        foreach (RidgeColumns columns in _columns)
            if (!double.IsNaN(scores[columns.Models[0]]))
                columns.Add(x, scores);
    }

    /// <summary>Takes back a row with the scores it was added with.</summary>
    /// <exception cref="ArithmeticException">The row is not among those that were added.</exception>
    public void Remove(ReadOnlySpan<float> row, ReadOnlySpan<double> scores)
    {
        double[] x = Checked(row, scores);
        Split(scores);
        for (int i = 0; i < _columns.Count; i++)
        {
            RidgeColumns columns = _columns[i];
            if (double.IsNaN(scores[columns.Models[0]]))
                continue;
            if (columns.Count > 1)
                columns.Remove(x, scores);
            else if (columns.Count == 1)
                _columns[i] = Unknown([.. columns.Models]);
            else
                throw new ArithmeticException("The row to remove is not among those that were added.");
        }
    }

    /// <summary>Adds a model without refitting the others.</summary>
    /// <param name="rows">All rows that were fitted and added and not removed, in any order.</param>
    /// <param name="scores">The new model's score for each of them; not a number where there is no outcome.</param>
    /// <returns>The model's index.</returns>
    public int AddModel(IReadOnlyList<float[]> rows, IReadOnlyList<double> scores)
    {
        double[][] column = [.. scores.Select(score => new[] { score })];
        Inputs.Targets(column, rows.Count);
        Check(Inputs.Width(rows), Models);
        double[] moment = Moments(rows, column, [0])[0];
        int[] known = [.. Enumerable.Range(0, rows.Count).Where(row => !double.IsNaN(scores[row]))];
        // The bias column sums to the number of rows: only columns with as many can be those of all rows.
        RidgeColumns? complete = known.Length == rows.Count ? _columns.FirstOrDefault(same => same.Count == rows.Count) : null;
        if (complete is not null)
            complete.Join(Models, moment);
        else
            _columns.Add(RidgeColumns.Fit(
                GramMatrix.Of([.. known.Select(row => rows[row])], Width, bias: true), _penalty, [Models], [moment], known.Length));
        return Models++;
    }

    RidgeColumns FitColumns(IReadOnlyList<float[]> rows, IReadOnlyList<double[]> scores, double[][] whole, List<int> models)
    {
        ILookup<bool, float[]> byKnown = rows.Zip(scores).ToLookup(pair => !double.IsNaN(pair.Second[models[0]]), pair => pair.First);
        float[][] known = [.. byKnown[true]];
        float[][] missing = [.. byKnown[false]];
        double[][] gram = missing.Length <= known.Length
            ? GramMatrix.Less(whole, GramMatrix.Of(missing, Width, bias: true))
            : GramMatrix.Of(known, Width, bias: true);
        return RidgeColumns.Fit(gram, _penalty, models, Moments(rows, scores, models), known.Length);
    }

    RidgeColumns Unknown(List<int> models) => RidgeColumns.Fit(
        GramMatrix.Of([], Width, bias: true), _penalty, models, [.. models.Select(_ => new double[Width + 1])], 0);

    List<double[]> Moments(IReadOnlyList<float[]> rows, IReadOnlyList<double[]> scores, List<int> models)
    {
        List<double[]> moments = [.. models.Select(_ => new double[Width + 1])];
        for (int row = 0; row < rows.Count; row++)
        {
            double[] x = Widened(rows[row]);
            for (int i = 0; i < models.Count; i++)
                if (scores[row][models[i]] is not (0 or double.NaN))
                    TensorPrimitives.MultiplyAdd<double>(x, scores[row][models[i]], moments[i], moments[i]);
        }
        return moments;
    }

    void Split(ReadOnlySpan<double> scores)
    {
        int count = _columns.Count;
        for (int i = 0; i < count; i++)
            if (_columns[i].SplitMissing(scores) is { } missing)
                _columns.Add(missing);
    }

    /// <summary>Which rows the model has no outcome for; models that miss the same share a factor.</summary>
    internal static string Missing(IReadOnlyList<double[]> scores, int model) =>
        string.Join(',', Enumerable.Range(0, scores.Count).Where(row => double.IsNaN(scores[row][model])));

    double[] Checked(ReadOnlySpan<float> row, ReadOnlySpan<double> scores)
    {
        Check(row.Length, scores.Length);
        Inputs.Width([row.ToArray()]);
        Inputs.Targets([scores.ToArray()], 1);
        return Widened(row);
    }

    void Check(int width, int models)
    {
        if (width != Width || models != Models)
            throw new ArgumentException(
                $"{width} features and {models} scores were given; there are {Width} features and {Models} models.", nameof(width));
    }

    double[] Widened(ReadOnlySpan<float> row)
    {
        var x = new double[Width + 1];
        Widen(row, x);
        return x;
    }

    static void Widen(ReadOnlySpan<float> row, Span<double> x)
    {
        TensorPrimitives.ConvertTruncating<float, double>(row, x);
        x[^1] = 1;
    }
}
