using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Zoo;

/// <summary>Accuracy of the experts as kept in the repository against the same experts in F16.</summary>
static class QuantisationCost
{
    /// <summary>A sub-skill counts as an expert's own when it gets at least this share of it right in F16.</summary>
    const double Own = 0.5;

    public static string ToMarkdown(OutcomeTable kept, OutcomeTable full, IReadOnlyList<ProfileQuestion> questions) =>
        Report.Table(
            ["expert", "own questions", "F16", "as kept", "cost in points"],
            kept.Experts.Where(expert => full.ColumnOf(expert) >= 0).Select(expert => Row(expert, kept, full, questions)));

    static string[] Row(string expert, OutcomeTable kept, OutcomeTable full, IReadOnlyList<ProfileQuestion> questions)
    {
        HashSet<string> own = [.. ZooMatrix.ByTag(questions, "sub_skill")
            .Where(group => ZooMatrix.Accuracy(full, expert, group.Ids) >= Own)
            .SelectMany(group => group.Ids)];
        if (own.Count == 0)
            return [expert, "0", "–", "–", "–"];
        double before = ZooMatrix.Accuracy(full, expert, own), after = ZooMatrix.Accuracy(kept, expert, own);
        return [expert, $"{own.Count}", Report.Percent(before), Report.Percent(after), $"{100 * (before - after):0.0}"];
    }
}
