using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

static class Softmax
{
    /// <summary>Logits become probabilities; large logits do not overflow.</summary>
    public static void InPlace(Span<double> logits)
    {
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max<double>(logits), logits);
        TensorPrimitives.Exp(logits, logits);
        TensorPrimitives.Divide(logits, TensorPrimitives.Sum<double>(logits), logits);
    }

    /// <returns>−Σ target · log softmax(logits), in nats.</returns>
    public static double CrossEntropy(ReadOnlySpan<double> logits, ReadOnlySpan<double> target)
    {
        double max = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (double logit in logits)
            sum += Math.Exp(logit - max);
        return max + Math.Log(sum) - TensorPrimitives.Dot(logits, target);
    }
}
