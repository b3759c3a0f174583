using System.Text;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Profiling;

/// <summary>One whole greedy answer of the expert's own file, never of a variant.</summary>
/// <param name="Tokens">Tokens the expert wrote.</param>
public sealed record ExpertAnswer(string Text, int Tokens)
{
    /// <exception cref="ExpertException">The expert cannot answer; the kind says why.</exception>
    public static async Task<ExpertAnswer> AskAsync(
        IExpert expert, string question, int maxTokens, CancellationToken cancellationToken)
    {
        var call = new ExpertCall
        {
            Request = new GenerationRequest
            {
                Messages = [new ChatTurn("user", question)],
                MaxTokens = maxTokens,
                Sampling = new SamplingChanges { Temperature = 0 },
            },
            // What is measured is the expert itself, also where only a variant of it finds room at once.
            AllowVariant = false,
        };
        return await ReadAsync(expert.GenerateAsync(call, cancellationToken));
    }

    /// <summary>Reads an answer to its end.</summary>
    /// <exception cref="ExpertException">The expert broke off.</exception>
    internal static async Task<ExpertAnswer> ReadAsync(IAsyncEnumerable<GenerationChunk> chunks)
    {
        var text = new StringBuilder();
        int tokens = 0;
        await foreach (GenerationChunk chunk in chunks)
        {
            text.Append(chunk.Text);
            tokens = chunk.Usage?.CompletionTokens ?? tokens;
        }
        return new ExpertAnswer(text.ToString(), tokens);
    }
}
