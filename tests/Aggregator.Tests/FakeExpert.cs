using System.Runtime.CompilerServices;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Tests;

/// <summary>Answers by a function, word by word; remembers what it was asked and whether an answer was let go.</summary>
sealed class FakeExpert(string id, Func<string, string> answer) : IExpert
{
    public string Id { get; } = id;

    public List<ExpertCall> Calls { get; } = [];

    public bool Released { get; private set; }

    /// <summary>Thrown after the answer's last word; null ends it well.</summary>
    public ExpertException? Breaks { get; init; }

    public static ExpertException Failure(ExpertFailure failure, string message = "it broke") => new(failure, "fake", message);

    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        ExpertCall request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Calls.Add(request);
        try
        {
            await Task.CompletedTask;
            cancellationToken.ThrowIfCancellationRequested();
            yield return new GenerationChunk("");
            string[] words = answer(request.Request.Messages[^1].Content).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < words.Length; i++)
                yield return new GenerationChunk(i == 0 ? words[i] : " " + words[i]);
            if (Breaks is { } failure)
                throw failure;
            yield return new GenerationChunk("", FinishReason.Stop, new TokenUsage(7, words.Length));
        }
        finally
        {
            Released = true;
        }
    }
}
