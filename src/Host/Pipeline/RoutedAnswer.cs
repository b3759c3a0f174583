using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Pipeline;

/// <summary>An answer that has begun: the expert spoke its first chunk, so errors before it are already behind.</summary>
sealed class RoutedAnswer(RoutePlan plan, string expert, CallTrace trace, IAsyncEnumerator<GenerationChunk> begun) : IAsyncDisposable
{
    PanelRest? _others;

    public RoutePlan Plan { get; } = plan;

    /// <summary>Who answers; differs from the plan's primary when that one could not be loaded.</summary>
    public string Expert { get; } = expert;

    /// <summary>How the expert came to answer; complete, since the first chunk is there.</summary>
    public CallTrace Trace { get; } = trace;

    /// <summary>Why the plan's primary does not answer; null when it does.</summary>
    public ExpertException? PrimaryFailure { get; init; }

    /// <summary>The plan's confidence is in its primary; of another expert only the expected score is known.</summary>
    public double Confidence => Expert == Plan.Primary
        ? Plan.Confidence
        : Plan.Ranked.First(ranked => ranked.Expert == Expert).Score;

    /// <summary>All chunks from the first on; may be read once.</summary>
    public async IAsyncEnumerable<GenerationChunk> ReadAsync()
    {
        do yield return begun.Current;
        while (await begun.MoveNextAsync());
    }

    /// <summary>
    /// What the rest of the panel said; null when there is none. Waits until the last of them has ended. Where a member
    /// speaks for the primary, the primary is here, with its failure, and that member is not.
    /// </summary>
    public async Task<IReadOnlyList<PanelAnswer>?> OthersAsync()
    {
        if (_others is null) return null;
        var answers = (await _others.AnswersAsync()).Where(answer => answer.Expert != Expert);
        return PrimaryFailure is null
            ? [.. answers]
            : [new PanelAnswer(Plan.Primary, "", null, null, PrimaryFailure), .. answers];
    }

    public RoutedAnswer With(PanelRest others)
    {
        _others = others;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await begun.DisposeAsync();
        if (_others is not null) await _others.DisposeAsync();
    }
}
