using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Zoo;

/// <summary>Experts across, skills and sub-skills down, accuracy in percent.</summary>
static class ZooMatrix
{
    public static string ToMarkdown(OutcomeTable table, IReadOnlyList<ProfileQuestion> questions) =>
        Matrix("skill", table, questions) + '\n' + Matrix("sub_skill", table, questions);

    /// <summary>Mean score of a column over the questions with these ids.</summary>
    public static double Accuracy(OutcomeTable table, string expert, IReadOnlySet<string> ids)
    {
        int column = table.ColumnOf(expert);
        return table.Rows.Where(row => ids.Contains(row.Id)).Average(row => row.Outcomes[column]!.Value.Score);
    }

    /// <returns>Ids of the questions by the value of a tag.</returns>
    public static IEnumerable<(string Value, HashSet<string> Ids)> ByTag(IReadOnlyList<ProfileQuestion> questions, string tag) =>
        questions.Where(question => question.Tags.ContainsKey(tag))
            .GroupBy(question => question.Tags[tag].ToString())
            .Select(group => (group.Key, group.Select(question => question.Id).ToHashSet(StringComparer.Ordinal)));

    static string Matrix(string tag, OutcomeTable table, IReadOnlyList<ProfileQuestion> questions)
    {
        HashSet<string> all = [.. questions.Select(question => question.Id)];
        return Report.Table(
            [tag.Replace('_', '-'), "n", .. table.Experts],
            [.. ByTag(questions, tag).Select(group => Row(group.Value, group.Ids)), Row("all", all)]);

        string[] Row(string name, HashSet<string> ids) =>
        [
            name, $"{ids.Count}",
            .. table.Experts.Select(expert => Accuracy(table, expert, ids))
                .Select(share => share >= 0.9 ? $"**{100 * share:0}**" : $"{100 * share:0}"),
        ];
    }
}
