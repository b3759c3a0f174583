using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Router.Tests.Skills.Tagging;

/// <summary>Gives its answers in turn, again and again; null is a failure. Each takes 10 tokens to read and 5 to write.</summary>
sealed class ScriptedExpert(string id, params string?[] answers) : IExpert
{
    int _next = -1;

    public string Id => id;

    public FinishReason Finish { get; init; } = FinishReason.Stop;

    public ConcurrentQueue<ExpertCall> Calls { get; } = new();

    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        ExpertCall request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Enqueue(request);
        await Task.Yield();
        string answer = answers[Interlocked.Increment(ref _next) % answers.Length]
            ?? throw new ExpertException(ExpertFailure.Quarantined, id, "out of service");
        yield return new GenerationChunk(answer);
        yield return new GenerationChunk("", Finish, new TokenUsage(10, 5));
    }
}
