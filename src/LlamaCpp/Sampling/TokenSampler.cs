using System.Numerics.Tensors;
using System.Security.Cryptography;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Sampling;

/// <summary>
/// Chooses the tokens of one sequence. In llama.cpp's order: penalties, top-k, top-p, min-p, temperature, draw; so the
/// cuts see the distribution before temperature flattens it.
/// </summary>
sealed class TokenSampler : IDisposable
{
    // llama.cpp reads this seed as "any".
    const uint AnySeed = uint.MaxValue;

    // Logits divided by a smaller temperature overflow, and then nothing is left to draw from.
    const float LeastTemperature = 1e-3f;

    // Null: greedy without penalties, for which the largest logit is all there is to find.
    readonly SamplerHandle? _chain;

    TokenSampler(SamplerHandle? chain) => _chain = chain;

    /// <param name="prompt">Its last tokens count for the penalties.</param>
    public static TokenSampler Create(SamplingOptions options, Vocabulary vocabulary, IReadOnlyList<int> prompt)
    {
        var penalised = options.PenaltyWindow > 0
            && (options.RepeatPenalty != 1 || options.FrequencyPenalty != 0 || options.PresencePenalty != 0);
        var greedy = options.Temperature < LeastTemperature;
        if (greedy && !penalised)
            return new TokenSampler(null);
        var parameters = LlamaApi.SamplerChainDefaultParams();
        parameters.NoPerf = 1;
        var chain = LlamaApi.SamplerChainInit(parameters);
        if (penalised)
        {
            LlamaApi.SamplerChainAdd(chain, LlamaApi.SamplerPenalties(
                vocabulary.Size, options.PenaltyWindow, options.RepeatPenalty, options.FrequencyPenalty, options.PresencePenalty));
        }
        if (greedy)
            LlamaApi.SamplerChainAdd(chain, LlamaApi.SamplerGreedy());
        else
            AddDraw(chain, options);
        if (penalised)
        {
            foreach (var token in prompt.Skip(prompt.Count - options.PenaltyWindow))
                LlamaApi.SamplerAccept(chain, token);
        }
        return new TokenSampler(chain);
    }

    /// <summary>The next token from the logits of a batch index, remembered for the penalties; null when they are not numbers.</summary>
    public int? Sample(DecodeContext context, int batchIndex)
    {
        var logits = context.Logits(batchIndex);
        if (logits.IsEmpty)
            return null;
        if (_chain is null)
        {
            var best = TensorPrimitives.IndexOfMax(logits);
            return float.IsFinite(logits[best]) ? best : null;
        }
        // The maximum is NaN if any logit is; an infinite one leaves nothing to draw from.
        return float.IsFinite(TensorPrimitives.Max(logits)) ? LlamaApi.SamplerSample(_chain, context.Handle, batchIndex) : null;
    }

    public void Dispose() => _chain?.Dispose();

    static void AddDraw(SamplerHandle chain, SamplingOptions options)
    {
        if (options.TopK > 0)
            LlamaApi.SamplerChainAdd(chain, LlamaApi.SamplerTopK(options.TopK));
        if (options.TopP < 1)
            LlamaApi.SamplerChainAdd(chain, LlamaApi.SamplerTopP(options.TopP, 1));
        if (options.MinP > 0)
            LlamaApi.SamplerChainAdd(chain, LlamaApi.SamplerMinP(options.MinP, 1));
        LlamaApi.SamplerChainAdd(chain, LlamaApi.SamplerTemperature(options.Temperature));
        LlamaApi.SamplerChainAdd(chain, LlamaApi.SamplerDistribution(Seed(options.Seed)));
    }

    static uint Seed(uint? wanted) => wanted switch
    {
        AnySeed => AnySeed - 1,
        { } seed => seed,
        null => (uint)RandomNumberGenerator.GetInt32(int.MaxValue),
    };
}
