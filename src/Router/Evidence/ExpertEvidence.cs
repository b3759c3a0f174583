namespace Orchestrator.Router.Evidence;

/// <summary>What an expert's own probabilities say of an answer that it gave, in nats; both at most 0.</summary>
/// <param name="Least">Log-probability of the answer's least likely token: one doubtful digit spoils an answer.</param>
/// <param name="Mean">Mean log-probability over the answer's tokens.</param>
public readonly record struct AnswerEvidence(double Least, double Mean)
{
    /// <returns>Null for an answer without tokens.</returns>
    public static AnswerEvidence? Of(IEnumerable<float> logProbabilities)
    {
        double[] all = [.. logProbabilities.Select(value => (double)value)];
        return all.Length > 0 ? new AnswerEvidence(all.Min(), all.Average()) : null;
    }
}

/// <summary>An expert that was asked, and the evidence in its answer; null where it gave none.</summary>
public sealed record ExpertEvidence(string Expert, AnswerEvidence? Answer);
