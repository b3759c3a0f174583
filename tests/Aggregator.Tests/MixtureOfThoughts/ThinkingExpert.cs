using System.Runtime.CompilerServices;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator.Tests.MixtureOfThoughts;

/// <summary>Shows its tap rows of its own at every depth that it wants, as an engine would, and keeps what became of them.</summary>
sealed class ThinkingExpert(string id, int width, int tokens = 5) : IExpert
{
    public string Id { get; } = id;

    public List<ExpertCall> Calls { get; } = [];

    /// <summary>The rows that the tap left, of the last call and depth.</summary>
    public float[] After { get; private set; } = [];

    public float[] Rows { get; set; } = Mixtures.Rows(id.Length, tokens, width);

    public string Words { get; init; } = $"{id} thinks";

    public ExpertException? Fails { get; init; }

    /// <summary>Awaited after its words; null ends at once.</summary>
    public TaskCompletionSource? GoesOn { get; init; }

    public async IAsyncEnumerable<GenerationChunk> GenerateAsync(
        ExpertCall request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Calls.Add(request);
        await Task.CompletedTask;
        if (Fails is { } failure)
            throw failure;
        foreach (int depth in request.Request.Tap?.Depths ?? [])
        {
            After = [.. Rows];
            request.Request.Tap!.Visit(depth, 0, After);
        }

        if (Words.Length > 0)
            yield return new GenerationChunk(Words);
        if (GoesOn is { } end)
            await end.Task.WaitAsync(cancellationToken);
        yield return new GenerationChunk("", FinishReason.Stop, new TokenUsage(tokens, 2));
    }
}
