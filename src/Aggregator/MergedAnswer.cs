using Orchestrator.Experts.Panels;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Aggregator;

/// <summary>A merged answer that has begun.</summary>
/// <param name="Expert">Whose words they are: the member that won, or the expert that wrote the synthesis.</param>
/// <param name="Reasons">How it came about, in sentences; complete once the chunks were read to their end.</param>
/// <param name="Chunks">
/// The answer from its first chunk on; may be read once. The usage of the last chunk counts the tokens of merging alone, and
/// is null where no model was asked for it.
/// </param>
public sealed record MergedAnswer(
    string Expert, IReadOnlyList<string> Reasons, IAsyncEnumerable<GenerationChunk> Chunks) : IAsyncDisposable
{
    /// <summary>The variant whose words they are; null when it is the expert's own file.</summary>
    public string? Variant { get; init; }

    /// <summary>Time until the expert that merges was loaded and free; zero where no model was asked.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>What the aggregator itself asked of the panel before it merged; empty where it was given the answers.</summary>
    public IReadOnlyList<PanelAnswer> Heard { get; init; } = [];

    /// <summary>Frees what a half-read answer still holds; null where there is nothing.</summary>
    public IAsyncDisposable? Resource { get; init; }

    /// <summary>The answer of a member, as it is.</summary>
    internal static MergedAnswer Of(PanelAnswer member, params IReadOnlyList<string> reasons)
    {
        return new MergedAnswer(member.Expert, reasons, Whole()) { Variant = member.Variant };

        async IAsyncEnumerable<GenerationChunk> Whole()
        {
            await Task.CompletedTask;
            yield return new GenerationChunk(member.Text, member.Finish ?? FinishReason.Stop);
        }
    }

    public ValueTask DisposeAsync() => Resource?.DisposeAsync() ?? ValueTask.CompletedTask;
}
