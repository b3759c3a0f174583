using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>Options of <see cref="MatrixFactorisation"/>.</summary>
sealed record MatrixFactorisationOptions
{
    /// <summary>k: numbers that a question and a model are each summed up in.</summary>
    [Range(1, 1024)]
    public int Factors { get; init; } = 32;

    /// <summary>λ: λ / 2 · (‖P‖² + ‖u‖²) is added to the mean cross-entropy of the outcomes.</summary>
    [Range(0.0, 100.0)]
    public double Penalty { get; init; } = 1e-4;

    /// <summary>Adam's step.</summary>
    [Range(1e-6, 1.0)]
    public double Rate { get; init; } = 3e-3;

    /// <summary>Rows in a minibatch.</summary>
    [Range(1, 65536)]
    public int Batch { get; init; } = 64;

    /// <summary>Passes over the rows at most.</summary>
    [Range(1, 10_000)]
    public int Epochs { get; init; } = 100;

    /// <summary>Passes without a better validation loss after which it ends.</summary>
    [Range(1, 1000)]
    public int Patience { get; init; } = 5;

    /// <summary>Share of the rows held out to say when to stop.</summary>
    [Range(0.01, 0.5)]
    public double Validation { get; init; } = 0.1;

    public int Seed { get; init; } = 1;
}

/// <summary>
/// score(q, m) = sigmoid(u_m · (P x_q) + b_m), as RouteLLM's matrix factorisation, for any number of models: least
/// cross-entropy of the known outcomes, by Adam on minibatches, stopped on rows of its own training data that are held out.
/// </summary>
sealed class MatrixFactorisation
{
    readonly FactorParameters _parameters;

    MatrixFactorisation(FactorParameters parameters, double loss, int epochs) =>
        (_parameters, ValidationLoss, Epochs) = (parameters, loss, epochs);

    public int Models => _parameters.Models;

    /// <summary>Mean cross-entropy of the rows held out, in nats, at the parameters that were kept.</summary>
    public double ValidationLoss { get; }

    /// <summary>Passes up to the parameters that were kept.</summary>
    public int Epochs { get; }

    /// <param name="rows">n rows of d features; not kept.</param>
    /// <param name="scores">n rows of one score, 0…1, for each model; not a number where there is no outcome.</param>
    /// <param name="options">Their ranges are the caller's to check.</param>
    /// <exception cref="ArgumentException">Rows and scores do not fit together, a score is outside 0…1, or too few rows.</exception>
    public static MatrixFactorisation Fit(
        IReadOnlyList<float[]> rows, IReadOnlyList<double[]> scores, MatrixFactorisationOptions options)
    {
        int models = Inputs.Targets(scores, rows.Count);
        int width = Inputs.Width(rows);
        if (scores.Any(row => row.Any(score => score is < 0 or > 1)))
            throw new ArgumentException("A score is outside 0 to 1.", nameof(scores));
        var random = new Random(options.Seed);
        int[] order = [.. Enumerable.Range(0, rows.Count).Where(row => !scores[row].All(double.IsNaN))];
        if (order.Length < 2)
            throw new ArgumentException($"{order.Length} rows have an outcome; at least 2 must.", nameof(scores));
        random.Shuffle(order);
        int held = Math.Clamp((int)(order.Length * options.Validation), 1, order.Length - 1);
        int[] validation = order[..held];
        int[] training = order[held..];

        FactorParameters parameters = FactorParameters.Start(width, options.Factors, models, random);
        parameters.StartBiases(training.Select(row => scores[row]));
        var steps = new FactorTraining(parameters, rows, scores, options);
        (FactorParameters best, double least, int kept) = (parameters.Copy(), steps.Loss(validation), 0);
        for (int epoch = 1; epoch <= options.Epochs && epoch <= kept + options.Patience; epoch++)
        {
            random.Shuffle(training);
            foreach (int[] batch in training.Chunk(options.Batch))
                steps.Step(batch);
            double loss = steps.Loss(validation);
            if (loss < least)
                (best, least, kept) = (parameters.Copy(), loss, epoch);
        }
        return new MatrixFactorisation(best, least, kept);
    }

    /// <param name="row">d features.</param>
    /// <param name="scores">Receives the expected score of each model, 0…1.</param>
    public void Predict(ReadOnlySpan<float> row, Span<double> scores)
    {
        if (row.Length != _parameters.Width || scores.Length != Models)
            throw new ArgumentException(
                $"{row.Length} features and room for {scores.Length} models were given, not {_parameters.Width} and {Models}.",
                nameof(row));
        _parameters.Scores(row, new float[_parameters.Factors], scores);
    }
}
