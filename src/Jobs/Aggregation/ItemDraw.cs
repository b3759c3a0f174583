using System.Globalization;
using Orchestrator.Aggregator.Answers;
using Orchestrator.Aggregator.Synthesis;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>
/// Draws synthetic items from recorded answers: Symbolic-MoE's test of aggregators. A question without a right answer, or
/// with fewer than two wrong ones, gives none. The same seed and answers give the same items.
/// </summary>
static class ItemDraw
{
    /// <param name="experts">Whose answers are used.</param>
    /// <returns>In the order of the questions.</returns>
    public static IReadOnlyList<AggregationItem> Draw(
        IReadOnlyList<ProfileQuestion> questions, AnswerBook answers, IReadOnlySet<string> experts, AggregationOptions options)
    {
        ILookup<string, RecordedAnswer> given = answers.Answers
            .Where(answer => experts.Contains(answer.Expert) && FinalAnswer.Spoken(answer.Text).Length > 0)
            .ToLookup(answer => answer.Id, StringComparer.Ordinal);
        AggregationItem[] possible =
            [.. questions.Select(question => Item(question, given[question.Id], options.Seed)).OfType<AggregationItem>()];
        HashSet<AggregationItem> drawn = [.. Spread(possible, options)];
        return [.. possible.Where(drawn.Contains)];
    }

    static AggregationItem? Item(ProfileQuestion question, IEnumerable<RecordedAnswer> given, int seed)
    {
        // Graded anew: reference and grader may have changed since the answers were recorded.
        IReadOnlyList<RecordedAnswer> shuffled = CandidateOrder.Shuffle([.. given], Key(seed, question.Id));
        ILookup<bool, RecordedAnswer> graded = shuffled.ToLookup(answer => question.Grade(answer.Text) >= 1);
        RecordedAnswer[] wrong = [.. graded[false]];
        if (!graded[true].Any() || wrong.Length < 2)
            return null;
        string? first = FinalAnswer.Of(wrong[0].Text);
        RecordedAnswer other = wrong.Skip(1).FirstOrDefault(answer => FinalAnswer.Of(answer.Text) != first) ?? wrong[1];
        return new AggregationItem(question, graded[true].First(), wrong[0], other);
    }

    /// <summary>One of each skill in turn until there are enough, so that no common skill decides.</summary>
    static IEnumerable<AggregationItem> Spread(IReadOnlyList<AggregationItem> items, AggregationOptions options) =>
        CandidateOrder.Shuffle(items, Key(options.Seed, "items"))
            .GroupBy(item => item.Question.Skills is [var skill, ..] ? skill : "", StringComparer.Ordinal)
            .OrderBy(skill => skill.Key, StringComparer.Ordinal)
            .SelectMany(skill => skill.Select((item, turn) => (item, turn)))
            .OrderBy(entry => entry.turn)
            .Take(options.Items)
            .Select(entry => entry.item);

    static string Key(int seed, string what) => string.Create(CultureInfo.InvariantCulture, $"{seed} {what}");
}
