using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Tests.Profiling;

/// <summary>Answers by a function, in two chunks; remembers what it was asked and how many questions it had at once.</summary>
sealed class FakeExpert(string id, Func<string, string> answer) : IExpert
{
    int _active;

    public string Id { get; } = id;

    public ConcurrentQueue<ExpertCall> Calls { get; } = new();

    public IReadOnlyList<GenerationRequest> Requests => [.. Calls.Select(call => call.Request)];

    public int MostAtOnce { get; private set; }

    /// <summary>Awaited before each answer.</summary>
    public Func<CancellationToken, Task> BeforeAnswer { get; init; } = _ => Task.CompletedTask;

    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        ExpertCall request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Calls.Enqueue(request);
        lock (Calls)
            MostAtOnce = Math.Max(MostAtOnce, ++_active);
        try
        {
            await BeforeAnswer(cancellationToken);
            string text = answer(request.Request.Messages[^1].Content);
            yield return new GenerationChunk(text[..(text.Length / 2)]);
            yield return new GenerationChunk(
                text[(text.Length / 2)..], FinishReason.Stop, new TokenUsage(PromptTokens: 3, CompletionTokens: text.Length));
        }
        finally
        {
            lock (Calls)
                _active--;
        }
    }
}
