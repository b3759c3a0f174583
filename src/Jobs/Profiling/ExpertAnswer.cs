using System.Text;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Profiling;

/// <summary>One whole greedy answer.</summary>
/// <param name="Tokens">Tokens the expert wrote.</param>
public sealed record ExpertAnswer(string Text, int Tokens)
{
    /// <exception cref="ExpertException">The expert cannot answer; the kind says why.</exception>
    public static async Task<ExpertAnswer> AskAsync(
        IExpert expert, string question, int maxTokens, CancellationToken cancellationToken)
    {
        var request = new GenerationRequest
        {
            Messages = [new ChatTurn("user", question)],
            MaxTokens = maxTokens,
            Sampling = new SamplingChanges { Temperature = 0 },
        };
        var text = new StringBuilder();
        int tokens = 0;
        await foreach (GenerationChunk chunk in expert.GenerateAsync(request, cancellationToken))
        {
            text.Append(chunk.Text);
            tokens = chunk.Usage?.CompletionTokens ?? tokens;
        }
        return new ExpertAnswer(text.ToString(), tokens);
    }
}
