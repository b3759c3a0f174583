namespace Orchestrator.Router.Gating;

/// <summary>
/// Whether passages would help with a question (the gate of ExpertRAG, there a part of a trained model): the logistic
/// probability that an answer with passages is right where one without is wrong, against a threshold.
/// </summary>
/// <param name="Weights">One for each feature, of its standard score.</param>
/// <param name="Means">Of the features where it was fitted.</param>
/// <param name="Scales">Their standard deviations, above 0.</param>
/// <param name="Threshold">Passages go with a question from this probability on.</param>
/// <param name="Fitted">What it rests on.</param>
public sealed record RetrievalGate(
    IReadOnlyList<double> Weights, double Bias, IReadOnlyList<double> Means, IReadOnlyList<double> Scales, double Threshold, GateFacts Fitted)
{
    public GateDecision Decide(GateFeatures features)
    {
        float[] row = features.Row;
        double logit = Bias;
        for (int i = 0; i < row.Length; i++)
            logit += Weights[i] * (row[i] - Means[i]) / Scales[i];
        double probability = 1 / (1 + Math.Exp(-logit));
        return new GateDecision(probability >= Threshold, probability);
    }
}

/// <param name="Probability">That passages turn a wrong answer into a right one.</param>
public readonly record struct GateDecision(bool Retrieves, double Probability);

/// <summary>Mean scores on the questions that a gate was fitted on; the gate's own is of folds that it had not seen.</summary>
/// <param name="Collection">Where the passages came from.</param>
/// <param name="Retrieved">Share of the questions that got passages by the gate.</param>
public sealed record GateFacts(string Collection, int Questions, double Never, double Always, double Gated, double Retrieved);
