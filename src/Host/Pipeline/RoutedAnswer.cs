using Orchestrator.Experts;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Tools;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Retrieval.Answers;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Host.Pipeline;

/// <summary>An answer that has begun: its first chunk is there, so errors before it are already behind.</summary>
/// <param name="chunks">All chunks from the first on.</param>
/// <param name="panel">What else was said; may wait until the last of the panel has ended.</param>
/// <param name="held">What still runs for the answer.</param>
sealed class RoutedAnswer(
    RoutePlan plan, string expert, IAsyncEnumerable<GenerationChunk> chunks, Func<Task<IReadOnlyList<PanelAnswer>>> panel,
    IAsyncDisposable held) : IAsyncDisposable
{
    TokenUsage? _spoken;
    TaggedQuestion? _tagged;
    AnswerContext? _context;
    TimeSpan _planning;

    public RoutePlan Plan { get; } = plan;

    /// <summary>Who answers; differs from the plan's primary when that one could not be loaded, or when another one's words won.</summary>
    public string Expert { get; } = expert;

    /// <summary>Time from the question until the experts that the answer needed were loaded and free.</summary>
    public TimeSpan Waited { get => field + _planning; init; }

    /// <summary>The variant whose words these are; null when it is the expert's own file.</summary>
    public string? Variant { get; init; }

    /// <summary>Whom evidence was heard of, in that order; empty where nobody looked at any.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>How tools are used; null where they are not.</summary>
    public Calling? Calling { get; set; }

    /// <summary>How a panel's answers became one; null where one expert speaks.</summary>
    public Merging? Merging { get; init; }

    /// <summary>
    /// The plan's confidence is in its primary; of another expert only the expected score is known, if it was ranked. Null where
    /// the plan has none.
    /// </summary>
    public double? Confidence => Expert == Plan.Primary || Plan.Confidence is null
        ? Plan.Confidence
        : Plan.Ranked.FirstOrDefault(ranked => ranked.Expert == Expert)?.Score ?? Plan.Confidence;

    /// <param name="tagged">What the tagger said for the plan; null where it was not asked.</param>
    /// <param name="context">What was found for the question; null where nothing was looked for.</param>
    /// <param name="took">Time until there was a plan.</param>
    public void PlannedWith(TaggedQuestion? tagged, AnswerContext? context, TimeSpan took) => (_tagged, _context, _planning) = (tagged, context, took);

    /// <summary>All chunks from the first on; may be read once.</summary>
    public async IAsyncEnumerable<GenerationChunk> ReadAsync()
    {
        await foreach (var chunk in chunks)
        {
            _spoken = chunk.Usage ?? _spoken;
            yield return chunk;
        }
    }

    /// <summary>The same as clients see it: where tools are used, with the calls that are written in it.</summary>
    public IAsyncEnumerable<AnswerPiece> PiecesAsync() =>
        Calling?.ReadAsync(ReadAsync()) ?? ReadAsync().Select(chunk => new AnswerPiece(chunk.Text, Finish: chunk.Finish));

    /// <summary>What the rest of the panel said and what all of it took; complete once the answer was read to its end.</summary>
    public async Task<Conclusion> ConcludeAsync()
    {
        var said = await panel();
        return new Conclusion(said, Merging,
        [
            .. _tagged is null ? [] : new[] { new ExpertUsage(_tagged.Tagger, _tagged.Usage) { Calls = _tagged.Answers } },
            .. said.Where(answer => answer.Usage is not null).Select(answer => new ExpertUsage(answer.Expert, answer.Usage!)),
            .. _spoken is null ? [] : new[] { new ExpertUsage(Expert, _spoken) },
        ])
        {
            Context = _context,
        };
    }

    public ValueTask DisposeAsync() => held.DisposeAsync();
}

/// <summary>How a panel's answers became one.</summary>
/// <param name="Aggregator">Its name in policies.</param>
sealed record Merging(string Aggregator, IReadOnlyList<string> Reasons);
