using System.Numerics.Tensors;
using System.Security.Cryptography;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Grammars;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Sampling;

/// <summary>
/// Chooses the tokens of one sequence. In llama.cpp's order: grammar, penalties, top-k, top-p, min-p, temperature, draw; so
/// the cuts see what the grammar allows, and the distribution before temperature flattens it.
/// </summary>
sealed unsafe class TokenSampler : IDisposable
{
    // llama.cpp reads this seed as "any".
    const uint AnySeed = uint.MaxValue;

    // Logits divided by a smaller temperature overflow, and then nothing is left to draw from.
    const float LeastTemperature = 1e-3f;

    // Null: greedy without penalties, for which the largest logit is all there is to find.
    readonly SamplerHandle? _chain;
    readonly Vocabulary _vocabulary;
    readonly TokenGrammar? _grammar;
    readonly TokenCandidate[] _candidates;

    // Whether top-k, top-p or min-p cut the candidates, and so must not see those that the grammar forbids.
    readonly bool _cuts;

    TokenSampler(SamplerHandle? chain, Vocabulary vocabulary, TokenGrammar? grammar, bool cuts)
    {
        _chain = chain;
        _cuts = cuts;
        _vocabulary = vocabulary;
        _grammar = grammar;
        _candidates = grammar is null ? [] : new TokenCandidate[vocabulary.Answering.Length];
    }

    /// <param name="prompt">Its last tokens count for the penalties.</param>
    /// <param name="grammar">What the answer must follow; null is nothing.</param>
    /// <exception cref="GenerationException">The grammar cannot be used.</exception>
    public static TokenSampler Create(
        SamplingOptions options, Vocabulary vocabulary, IReadOnlyList<int> prompt, string? grammar = null)
    {
        var constraint = grammar is null ? null : TokenGrammar.Create(grammar, vocabulary);
        var cuts = options.TopK > 0 || options.TopP < 1 || options.MinP > 0;
        return new TokenSampler(CreateChain(options, vocabulary, prompt), vocabulary, constraint, cuts);
    }

    static SamplerHandle? CreateChain(SamplingOptions options, Vocabulary vocabulary, IReadOnlyList<int> prompt)
    {
        var penalised = options.PenaltyWindow > 0
            && (options.RepeatPenalty != 1 || options.FrequencyPenalty != 0 || options.PresencePenalty != 0);
        var greedy = options.Temperature < LeastTemperature;
        if (greedy && !penalised)
            return null;
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
        return chain;
    }

    /// <summary>The next token from the logits of a batch index, remembered for grammar and penalties.</summary>
    public Sampled Sample(DecodeContext context, int batchIndex)
    {
        var logits = context.Logits(batchIndex);
        // The maximum is NaN if any logit is; an infinite one leaves nothing to draw from.
        if (logits.IsEmpty || !float.IsFinite(TensorPrimitives.Max(logits)))
            return Sampled.BadLogits;
        if (_grammar is not null)
            return SampleAllowed(_grammar, logits);
        return Sampled.Of(_chain is null ? TensorPrimitives.IndexOfMax(logits) : LlamaApi.SamplerSample(_chain, context.Handle, batchIndex));
    }

    public void Dispose()
    {
        _grammar?.Dispose();
        _chain?.Dispose();
    }

    /// <summary>
    /// Without llama.cpp's own sampling, which would tell the grammar a token that it forbids where it forbids all. Where nothing
    /// cuts the candidates, one is drawn before the grammar is asked, and again from what it allows if it forbids that one: the
    /// chances are the same, p + (1 − A)·p/A = p/A with A for all that is allowed, and the grammar looks at one token for most.
    /// </summary>
    Sampled SampleAllowed(TokenGrammar grammar, ReadOnlySpan<float> logits)
    {
        if (!_cuts && Choose(Candidates(logits)) is var first && grammar.Allows(first))
            return Accepted(grammar, first);
        var candidates = Candidates(logits);
        var allowed = candidates[..grammar.Filter(candidates)];
        return allowed.IsEmpty ? Sampled.NothingAllowed : Accepted(grammar, Choose(allowed));
    }

    Span<TokenCandidate> Candidates(ReadOnlySpan<float> logits)
    {
        var tokens = _vocabulary.Answering;
        for (var i = 0; i < tokens.Length; i++)
            _candidates[i] = new TokenCandidate { Token = tokens[i], Logit = logits[tokens[i]] };
        return _candidates;
    }

    int Choose(Span<TokenCandidate> candidates) => _chain is null ? Best(candidates) : Draw(_chain, candidates);

    Sampled Accepted(TokenGrammar grammar, int token)
    {
        if (_chain is not null)
            LlamaApi.SamplerAccept(_chain, token);
        // The end needs no place in the grammar.
        if (!_vocabulary.EndsAnswer(token))
            grammar.Accept(token);
        return Sampled.Of(token);
    }

    static int Best(ReadOnlySpan<TokenCandidate> candidates)
    {
        var best = candidates[0];
        foreach (var candidate in candidates)
            best = candidate.Logit > best.Logit ? candidate : best;
        return best.Token;
    }

    static int Draw(SamplerHandle chain, Span<TokenCandidate> candidates)
    {
        fixed (TokenCandidate* start = candidates)
        {
            var all = new TokenCandidates { Start = start, Count = (nuint)candidates.Length, Selected = -1 };
            LlamaApi.SamplerApply(chain, &all);
            return all.Start[all.Selected].Token;
        }
    }

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
