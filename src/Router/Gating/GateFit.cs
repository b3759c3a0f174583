using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Gating;

/// <summary>One question answered with passages and without.</summary>
/// <param name="With">Score 0…1 of the answer with passages.</param>
/// <param name="Without">Score 0…1 of the answer without.</param>
public sealed record GateExample(GateFeatures Features, double With, double Without);

/// <summary>Fits a gate on validation questions.</summary>
public static class GateFit
{
    const double Penalty = 1;
    const int Folds = 5;

    /// <summary>Fewer questions would leave a fold with too few to say anything.</summary>
    public const int LeastQuestions = 50;

    /// <param name="examples">At least <see cref="LeastQuestions"/>.</param>
    /// <param name="price">What passages cost, in shares of a right answer: a question must be expected to gain more.</param>
    /// <param name="seed">Of the folds.</param>
    /// <exception cref="ArgumentException">There are too few questions.</exception>
    public static RetrievalGate Fit(IReadOnlyList<GateExample> examples, string collection, double price = 0.01, int seed = 1)
    {
        if (examples.Count < LeastQuestions)
            throw new ArgumentException($"A gate needs at least {LeastQuestions} answered questions, there are {examples.Count}.", nameof(examples));
        double[] heldOut = HeldOut(examples, seed);
        double threshold = Threshold(examples, heldOut, price);
        bool[] retrieved = [.. heldOut.Select(probability => probability >= threshold)];
        var facts = new GateFacts(
            collection, examples.Count, examples.Average(example => example.Without), examples.Average(example => example.With),
            examples.Zip(retrieved, (example, with) => with ? example.With : example.Without).Average(),
            retrieved.Count(with => with) / (double)examples.Count);
        return Logistic(examples) with { Threshold = threshold, Fitted = facts };
    }

    /// <summary>The probability of each example by a gate that was fitted without its fold.</summary>
    static double[] HeldOut(IReadOnlyList<GateExample> examples, int seed)
    {
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        new Random(seed).Shuffle(order);
        var heldOut = new double[examples.Count];
        for (int fold = 0; fold < Folds; fold++)
        {
            var gate = Logistic([.. order.Where((_, place) => place % Folds != fold).Select(index => examples[index])]);
            foreach (int index in order.Where((_, place) => place % Folds == fold))
                heldOut[index] = gate.Decide(examples[index].Features).Probability;
        }
        return heldOut;
    }

    /// <summary>The one of the highest score less the price of passages; of equals the highest, which retrieves least.</summary>
    static double Threshold(IReadOnlyList<GateExample> examples, double[] probabilities, double price)
    {
        // Passages for nobody, then for the likeliest, the two likeliest and so on; gains add up on the way.
        int[] order = [.. Enumerable.Range(0, examples.Count).OrderByDescending(index => probabilities[index])];
        (double threshold, double best, double gain) = (1.0, 0.0, 0.0);
        for (int place = 0; place < order.Length; place++)
        {
            GateExample example = examples[order[place]];
            gain += example.With - example.Without - price;
            double here = probabilities[order[place]], next = place + 1 < order.Length ? probabilities[order[place + 1]] : 0;
            if (gain > best && next < here)
                (threshold, best) = ((here + next) / 2, gain);
        }
        return threshold;
    }

    static RetrievalGate Logistic(IReadOnlyList<GateExample> examples)
    {
        float[][] rows = [.. examples.Select(example => example.Features.Row)];
        double[] means = [.. Columns.Select(column => rows.Average(row => row[column]))];
        double[] scales = [.. Columns.Select(column => Deviation(rows, column, means[column]))];
        float[][] standard =
        [
            .. rows.Select(row => (float[])[.. Columns.Select(column => (float)((row[column] - means[column]) / scales[column]))]),
        ];
        var fitted = LogisticRegression.Fit(standard, [.. examples.Select(example => example.With > example.Without ? 1 : 0)], 2, Penalty);
        double bias = Slope(fitted, new float[GateFeatures.Count]);
        double[] weights = [.. Columns.Select(column => Slope(fitted, Unit(column)) - bias)];
        return new RetrievalGate(weights, bias, means, scales, 1, new GateFacts("", examples.Count, 0, 0, 0, 0));
    }

    static IEnumerable<int> Columns => Enumerable.Range(0, GateFeatures.Count);

    /// <summary>A feature that never changes says nothing, whatever it is divided by.</summary>
    static double Deviation(float[][] rows, int column, double mean)
    {
        double deviation = Math.Sqrt(rows.Average(row => (row[column] - mean) * (row[column] - mean)));
        return deviation > 1e-6 ? deviation : 1;
    }

    static double Slope(LogisticRegression fitted, ReadOnlySpan<float> row)
    {
        Span<double> logits = stackalloc double[2];
        fitted.Logits(row, logits);
        return logits[1] - logits[0];
    }

    static float[] Unit(int column)
    {
        var row = new float[GateFeatures.Count];
        row[column] = 1;
        return row;
    }
}
