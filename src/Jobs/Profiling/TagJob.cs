using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Jobs.Profiling;

/// <summary>
/// Adds to labelled questions the skills that a tagger finds in them, once for each: a question that an earlier run tagged,
/// and that is unchanged, keeps its phrases. So a new expert costs its own column and no tagging.
/// </summary>
/// <param name="concurrency">Questions that are tagged at once.</param>
public sealed class TagJob(SkillTagger tagger, int concurrency = 32)
{
    /// <param name="earlier">What earlier runs wrote.</param>
    /// <param name="again">Tags all questions anew, for example because the tagger is another one.</param>
    /// <param name="progress">How many of the questions that must be tagged are done.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<TagReport> RunAsync(
        IReadOnlyList<ProfileQuestion> questions, OutcomeTable earlier, bool again = false,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string>?[] kept = [.. questions.Select(question => again ? null : TagPlan.Kept(question, earlier))];
        int[] open = [.. Enumerable.Range(0, questions.Count).Where(index => kept[index] is null)];
        IReadOnlyList<TaggedQuestion> tagged = await tagger.TagAllAsync(
            [.. open.Select(index => questions[index].Question)], concurrency, progress, cancellationToken);
        // Who could not be asked about is asked about next time; a question of which nothing recurs is not.
        var phrases = open.Zip(tagged).ToDictionary(pair => pair.First, pair => pair.Second.Failed ? null : pair.Second.Phrases);
        return new TagReport(
            [.. questions.Select((question, index) => TagPlan.With(question, kept[index] ?? phrases[index]))],
            questions.Count - open.Length,
            tagged);
    }
}
