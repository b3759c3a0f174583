using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts;

/// <summary>How likely an expert finds a prompt, and how sure it is of its answer's first token.</summary>
/// <param name="Prompt">Tokens of the prompt that have a text, but the first.</param>
/// <param name="First">The first token that it would answer.</param>
/// <param name="PromptTokens">Tokens read, template included: the cost.</param>
public sealed record PromptScore(IReadOnlyList<TokenScore> Prompt, TokenScore First, int PromptTokens);

public static class PromptScoring
{
    /// <summary>Reads the question under the expert and writes nothing of the answer: one prefill.</summary>
    /// <param name="residentOnly">Whether it fails at once where the expert is not loaded with a free sequence now.</param>
    /// <exception cref="ExpertException">The expert cannot read it, or is not ready; the kind says why.</exception>
    public static async Task<PromptScore> ScorePromptAsync(
        this IExpert expert, IReadOnlyList<ChatTurn> messages, RequestClass requestClass = RequestClass.Interactive,
        bool residentOnly = false, CancellationToken cancellationToken = default)
    {
        var call = new ExpertCall
        {
            Request = new GenerationRequest
            {
                Messages = messages,
                MaxTokens = 1,
                Sampling = new SamplingChanges { Temperature = 0 },
                ScorePrompt = true,
                ScoreAnswer = true,
            },
            Class = requestClass,
            AllowVariant = false,
            ResidentOnly = residentOnly,
        };
        GenerationChunk last = default;
        await foreach (var chunk in expert.GenerateAsync(call, cancellationToken))
            last = chunk;
        return last is { Scores: { } scores, Usage: { } usage }
            ? new PromptScore(scores.Prompt, scores.Answer[0], usage.PromptTokens)
            : throw new ExpertException(ExpertFailure.Failed, expert.Id, $"the expert '{expert.Id}' ended without scores");
    }
}
