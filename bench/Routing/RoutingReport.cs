using System.Text;
using System.Text.Json;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Bench.Routing;

/// <summary>The judged questions as tables: overall, and by every tag that the questions carry for reports.</summary>
sealed class RoutingReport(
    IReadOnlyList<ProfileQuestion> questions, IReadOnlyList<RoutedQuestion> judged, string policy, string bestSingle,
    string? generalist, int experts)
{
    static readonly string[] Tags = ["skill", "phrasing", "wording"];

    readonly Dictionary<string, ProfileQuestion> _questions =
        questions.ToDictionary(question => question.Id, StringComparer.Ordinal);

    public string ToMarkdown(string machine)
    {
        RoutingSummary all = RoutingSummary.Of("all", judged);
        double halfWidth = 1.96 * Math.Sqrt(all.Routed * (1 - all.Routed) / all.Count);
        var text = new StringBuilder();
        text.Append(
            $"""
            # Routing: policy `{policy}` on {all.Count} held-out questions, {experts} experts

            {machine}
            - accuracy in percent, every expert run once through the C# engine, greedily; best single ({bestSingle}) is the best
              on the validation profile; random is the expectation over all experts; oracle takes the best expert of each question
            - routed {Report.Percent(all.Routed)} ± {Report.Percent(halfWidth)} (95%),
              {Report.Percent(all.OfOracle)}% of the oracle; calibration error of the confidence {Report.Percent(RoutingSummary.CalibrationError(judged))} points


            """);
        text.Append(Table("by skill", [all, .. ByTag("skill")]));
        foreach (string tag in Tags.Skip(1))
            text.Append('\n').Append(Table($"by {tag}", ByTag(tag)));
        text.Append('\n').Append(Chosen());
        return text.ToString();
    }

    IEnumerable<RoutingSummary> ByTag(string tag) =>
        judged.GroupBy(question => Tag(_questions[question.Id], tag))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => RoutingSummary.Of(group.Key, [.. group]));

    string Chosen() => Report.Table(
        ["chosen expert", "questions", "right when chosen"],
        judged.GroupBy(question => question.Chosen)
            .OrderByDescending(group => group.Count())
            .Select(group => (string[])
            [
                group.Key, $"{group.Count()}", Report.Percent(group.Average(question => question.Routed)),
            ]));

    string Table(string title, IEnumerable<RoutingSummary> groups) => Report.Table(
        [title, "n", "routed", "best single", generalist ?? "generalist", "random", "oracle", "routed/oracle"],
        groups.Select(group => (string[])
        [
            group.Group, $"{group.Count}", Report.Percent(group.Routed), Report.Percent(group.BestSingle),
            Report.Percent(group.Generalist), Report.Percent(group.Random), Report.Percent(group.Oracle),
            Report.Percent(group.OfOracle),
        ]));

    static string Tag(ProfileQuestion question, string tag) =>
        question.Tags.TryGetValue(tag, out JsonElement value) ? value.ToString() : "–";
}
