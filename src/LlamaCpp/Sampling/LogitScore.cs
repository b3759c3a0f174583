using System.Numerics.Tensors;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.LlamaCpp.Sampling;

/// <summary>
/// From a row of logits l to what it says of one token t: log p = l_t − log Σ exp l, and the entropy
/// log Σ exp l − Σ p·l. Costs two passes over the vocabulary.
/// </summary>
sealed class LogitScore(int vocabularySize)
{
    readonly float[] _shifted = new float[vocabularySize];
    readonly float[] _exponentials = new float[vocabularySize];

    /// <summary>Null when the logits are not numbers.</summary>
    public TokenScore? Of(ReadOnlySpan<float> logits, int token)
    {
        // The maximum is NaN if any logit is.
        if (logits.IsEmpty || TensorPrimitives.Max(logits) is var most && !float.IsFinite(most))
            return null;
        TensorPrimitives.Subtract(logits, most, _shifted);
        TensorPrimitives.Exp(_shifted, _exponentials);
        var sum = TensorPrimitives.Sum<float>(_exponentials);
        var logSum = MathF.Log(sum);
        return new TokenScore(_shifted[token] - logSum, _shifted[token] - BestOther(token), logSum - Weighted() / sum);
    }

    float BestOther(int token)
    {
        var before = token > 0 ? TensorPrimitives.Max<float>(_shifted.AsSpan(0, token)) : float.NegativeInfinity;
        var after = token + 1 < _shifted.Length ? TensorPrimitives.Max<float>(_shifted.AsSpan(token + 1)) : float.NegativeInfinity;
        return Math.Max(before, after);
    }

    /// <summary>Σ exp(x)·x over the shifted logits; a forbidden token at −∞ adds nothing.</summary>
    float Weighted()
    {
        var sum = 0f;
        for (var i = 0; i < _shifted.Length; i++)
            sum += _exponentials[i] > 0 ? _exponentials[i] * _shifted[i] : 0;
        return sum;
    }
}
