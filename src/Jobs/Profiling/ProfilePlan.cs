using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling;

/// <summary>Decides what an earlier run still tells and what must be asked.</summary>
static class ProfilePlan
{
    /// <summary>
    /// The earlier table with these questions in it, new ones at the end. Outcomes are kept where id and text of the
    /// question are still the same, also those of experts that are not asked now; so are the tagger's phrases, unless this
    /// run has tagged the question.
    /// </summary>
    public static OutcomeTable Merge(IReadOnlyList<ProfileQuestion> questions, OutcomeTable earlier, string source)
    {
        OutcomeTable asked = Replace(questions, earlier, source);
        return new OutcomeTable(
            Sources(earlier.Source, source),
            earlier.Experts,
            [
                .. earlier.Rows.Select(row => asked.TryGetRow(row.Id, out OutcomeRow now) ? now : row),
                .. asked.Rows.Where(row => !earlier.TryGetRow(row.Id, out _)),
            ]);
    }

    /// <summary>The same for these questions alone, in their order.</summary>
    public static OutcomeTable Replace(IReadOnlyList<ProfileQuestion> questions, OutcomeTable earlier, string source)
    {
        Outcome?[] nothing = new Outcome?[earlier.Experts.Count];
        return new OutcomeTable(source, earlier.Experts, [.. questions.Select(Row)]);

        OutcomeRow Row(ProfileQuestion question)
        {
            bool same = earlier.TryGetRow(question.Id, out OutcomeRow row) && row.Question == question.Question;
            IReadOnlyList<string>? tagged = question.Tagged ?? (same ? row.Tagged : null);
            return new OutcomeRow(
                question.Id, question.Question, TagPlan.Merge(question.Skills, tagged ?? []), same ? row.Outcomes : nothing)
            {
                Tagged = tagged,
            };
        }
    }

    public static Dictionary<string, Outcome> Known(OutcomeTable table, string expert)
    {
        int column = table.ColumnOf(expert);
        return column < 0
            ? []
            : table.Rows.Where(row => row.Outcomes[column] is not null)
                .ToDictionary(row => row.Id, row => row.Outcomes[column]!.Value, StringComparer.Ordinal);
    }

    /// <summary>Both names, each once; an empty one says nothing.</summary>
    static string Sources(string earlier, string source)
    {
        string[] names = earlier.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        return source.Length == 0 || names.Contains(source, StringComparer.Ordinal) ? earlier : string.Join(", ", [.. names, source]);
    }
}
