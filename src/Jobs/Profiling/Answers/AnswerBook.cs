using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling.Answers;

/// <summary>What experts answered, word by word. Immutable; one answer at most of each expert to each question.</summary>
public sealed class AnswerBook(IReadOnlyList<RecordedAnswer> answers)
{
    public static AnswerBook Empty { get; } = new([]);

    public IReadOnlyList<RecordedAnswer> Answers => answers;

    /// <summary>Replaces what the expert said to these questions; where it could not take one, nothing is left.</summary>
    internal AnswerBook With(string expert, IReadOnlyList<GivenAnswer> given)
    {
        HashSet<string> asked = [.. given.Select(answer => answer.Id)];
        return new AnswerBook(
        [
            .. answers.Where(answer => answer.Expert != expert || !asked.Contains(answer.Id)),
            .. given.Where(answer => answer.Text is not null)
                .Select(answer => new RecordedAnswer(answer.Id, expert, answer.Text!, answer.Outcome.Score)),
        ]);
    }

    /// <summary>
    /// Only the answers that the table still has the outcomes of, which it forgets when a question changes; in the table's
    /// order of experts, then of questions.
    /// </summary>
    /// <param name="others">Also those to questions and of experts that the table knows nothing about, at the end.</param>
    internal AnswerBook Of(OutcomeTable table, bool others = false)
    {
        Dictionary<(string, string), RecordedAnswer> known = answers.ToDictionary(answer => (answer.Expert, answer.Id));
        return new AnswerBook(
        [
            .. from expert in table.Experts
               let outcomes = ProfilePlan.Known(table, expert)
               from row in table.Rows
               where outcomes.ContainsKey(row.Id) && known.ContainsKey((expert, row.Id))
               select known[(expert, row.Id)],
            .. answers.Where(answer => others && (table.ColumnOf(answer.Expert) < 0 || !table.TryGetRow(answer.Id, out _))),
        ]);
    }

    /// <summary>Which of the experts have outcomes without texts. Questions that an expert could not take are none.</summary>
    internal IEnumerable<MissingAnswers> Missing(OutcomeTable table, IEnumerable<string> experts)
    {
        HashSet<(string, string)> recorded = [.. answers.Select(answer => (answer.Expert, answer.Id))];
        return experts
            .Select(expert => new MissingAnswers(expert, ProfilePlan.Known(table, expert).Count(known => IsMissing(expert, known))))
            .Where(missing => missing.Questions > 0);

        bool IsMissing(string expert, KeyValuePair<string, Outcome> known) =>
            known.Value.Tokens > 0 && !recorded.Contains((expert, known.Key));
    }
}
