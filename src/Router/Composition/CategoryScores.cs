using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Composition;

/// <summary>
/// What a composition is chosen from: how often each category is predicted, and what each expert is worth there. Priced with
/// predicted categories, so that the classifier's mistakes are in the values.
/// </summary>
/// <param name="Categories">Names of the C categories.</param>
/// <param name="Experts">Names of the E experts.</param>
/// <param name="Shares">p_c: share of the questions predicted as each category; they sum to 1.</param>
/// <param name="Values">
/// v(c, e), C rows of E: the expert's mean score in the category, shrunk toward its mean over all; not a number for an expert
/// without any outcome.
/// </param>
/// <param name="Counts">C rows of E: outcomes behind each value, by the predicted category's probability.</param>
/// <param name="Means">The mean score of each expert over all questions that it has outcomes for.</param>
sealed record CategoryScores(
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Experts,
    double[] Shares,
    double[][] Values,
    double[][] Counts,
    double[] Means)
{
    /// <param name="categories">Names of the categories.</param>
    /// <param name="experts">Names of the experts.</param>
    /// <param name="probabilities">For each question the predicted probability of each category; each row sums to 1.</param>
    /// <param name="scores">For each question the score of each expert; not a number where there is no outcome.</param>
    /// <param name="prior">n₀: outcomes at its own mean that every expert is given in every category; above 0.</param>
    /// <exception cref="ArgumentException">Names, probabilities and scores do not fit together.</exception>
    public static CategoryScores From(
        IReadOnlyList<string> categories,
        IReadOnlyList<string> experts,
        IReadOnlyList<double[]> probabilities,
        IReadOnlyList<double[]> scores,
        double prior)
    {
        Inputs.Positive(prior, nameof(prior));
        if (probabilities.Count == 0 || Inputs.Targets(probabilities, scores.Count) != categories.Count)
            throw new ArgumentException($"There must be a probability for each of {categories.Count} categories.", nameof(probabilities));
        if (Inputs.Targets(scores, probabilities.Count) != experts.Count)
            throw new ArgumentException($"There must be a score for each of {experts.Count} experts.", nameof(scores));
        Inputs.Probabilities(probabilities);

        double[] means = [.. experts.Select((_, expert) => scores.Select(row => row[expert])
            .Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average())];
        double[][] sums = [.. categories.Select(_ => new double[experts.Count])];
        double[][] counts = [.. categories.Select(_ => new double[experts.Count])];
        for (int row = 0; row < scores.Count; row++)
            for (int category = 0; category < categories.Count; category++)
                for (int expert = 0; expert < experts.Count; expert++)
                    if (scores[row][expert] is var score && !double.IsNaN(score))
                    {
                        sums[category][expert] += probabilities[row][category] * score;
                        counts[category][expert] += probabilities[row][category];
                    }
        return new CategoryScores(
            categories,
            experts,
            [.. categories.Select((_, category) => probabilities.Average(row => row[category]))],
            [.. sums.Select((row, category) => row.Select((sum, expert) =>
                (sum + prior * means[expert]) / (counts[category][expert] + prior)).ToArray())],
            counts,
            means);
    }
}
