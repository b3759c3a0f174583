using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling;

/// <summary>Decides what an earlier run still tells and what must be asked.</summary>
static class ProfilePlan
{
    /// <summary>
    /// The table for these questions: outcomes of the earlier one are kept where id and text of the question are still
    /// the same, also those of experts that are not asked now.
    /// </summary>
    public static OutcomeTable Start(IReadOnlyList<ProfileQuestion> questions, OutcomeTable earlier, string source)
    {
        Outcome?[] nothing = new Outcome?[earlier.Experts.Count];
        return new OutcomeTable(source, earlier.Experts, [.. questions.Select(Row)]);

        OutcomeRow Row(ProfileQuestion question)
        {
            bool same = earlier.TryGetRow(question.Id, out OutcomeRow row) && row.Question == question.Question;
            return new OutcomeRow(question.Id, question.Question, question.Skills, same ? row.Outcomes : nothing);
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
}
