using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Evidence;

/// <summary>
/// The chance that an answer is right, from what the text let expect of its expert and from the expert's own doubt while it
/// wrote: logistic in the expected score and in ln(1/1000 − least). Fitted on questions that the text's expectation had
/// not seen, so that it is a probability.
/// </summary>
public sealed class EvidenceModel
{
    /// <summary>Keeps a certain answer's doubt finite; half the samples lie above it.</summary>
    const double Certain = 1e-3;

    /// <summary>Brings ln of the doubt, about −7…3, to the size of a score, for the penalty's sake.</summary>
    const double Scale = 4;

    const double Penalty = 1e-4;

    readonly LogisticRegression _regression;

    EvidenceModel(LogisticRegression regression) => _regression = regression;

    /// <returns>Null when right and wrong answers are not both among the samples.</returns>
    public static EvidenceModel? Fit(IReadOnlyCollection<EvidenceSample> samples)
    {
        int[] labels = [.. samples.Select(sample => sample.Right ? 1 : 0)];
        return labels.Distinct().Count() < 2
            ? null
            : new EvidenceModel(LogisticRegression.Fit(
                [.. samples.Select(sample => Features(sample.TextScore, sample.Answer))], labels, classes: 2, Penalty));
    }

    /// <param name="textScore">Expected score by the text, 0…1.</param>
    /// <returns>Probability in 0…1 that the answer is right.</returns>
    public double Believe(double textScore, AnswerEvidence answer)
    {
        Span<double> probabilities = stackalloc double[2];
        _regression.Predict(Features(textScore, answer), probabilities);
        return probabilities[1];
    }

    static float[] Features(double textScore, AnswerEvidence answer) =>
        [(float)textScore, (float)(Math.Log(Certain - Math.Min(answer.Least, 0)) / Scale)];
}

/// <summary>An answer to a profiled question, and what the text let expect of it before.</summary>
public readonly record struct EvidenceSample(double TextScore, AnswerEvidence Answer, bool Right);
