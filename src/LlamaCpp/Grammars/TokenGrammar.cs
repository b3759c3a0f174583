using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Models;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp.Grammars;

/// <summary>
/// A grammar at work on one answer. llama.cpp ends the process when it is told a token that the grammar does not allow,
/// so only tokens that came through <see cref="Filter"/> or <see cref="Allows"/> may be accepted.
/// </summary>
sealed unsafe class TokenGrammar : IDisposable
{
    readonly SamplerHandle _grammar;

    TokenGrammar(SamplerHandle grammar) => _grammar = grammar;

    /// <exception cref="GenerationException">The grammar cannot be used; the message says where and why.</exception>
    public static TokenGrammar Create(string text, Vocabulary vocabulary)
    {
        GrammarRules.Check(text);
        var handle = LlamaApi.SamplerGrammar(vocabulary.Address, text, "root");
        if (!handle.IsInvalid)
            return new TokenGrammar(handle);
        handle.Dispose();
        throw new GenerationException(GenerationFailure.InvalidRequest, "The grammar cannot be used: llama.cpp refuses it.");
    }

    /// <summary>Moves what may come next to the front; what ends an answer stays where the grammar is complete.</summary>
    /// <param name="candidates">Of <see cref="Vocabulary.Answering"/>: llama.cpp takes a marker for its name, which no answer shows.</param>
    /// <returns>How many candidates those are; none when the model has no token that would do.</returns>
    public int Filter(Span<TokenCandidate> candidates)
    {
        fixed (TokenCandidate* start = candidates)
        {
            var all = new TokenCandidates { Start = start, Count = (nuint)candidates.Length, Selected = -1 };
            LlamaApi.SamplerApply(_grammar, &all);
        }
        var kept = 0;
        foreach (var candidate in candidates)
        {
            if (float.IsFinite(candidate.Logit))
                candidates[kept++] = candidate;
        }
        return kept;
    }

    /// <summary>Whether the token may come next.</summary>
    public bool Allows(int token)
    {
        TokenCandidate[] alone = [new TokenCandidate { Token = token, Logit = 0 }];
        return Filter(alone) > 0;
    }

    /// <param name="token">One that may come next.</param>
    public void Accept(int token) => LlamaApi.SamplerAccept(_grammar, token);

    public void Dispose() => _grammar.Dispose();
}
