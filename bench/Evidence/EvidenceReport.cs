using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Evidence;

/// <summary>The tables of the command <c>evidence</c>.</summary>
static class EvidenceReport
{
    static readonly int[] Candidates = [2, 3, 4, 5];

    /// <summary>Accuracy when the feature alone decides, among all experts and among the best by text.</summary>
    public static string Features(EvidenceSet set, IReadOnlyDictionary<string, IReadOnlyList<RankedExpert>> text)
    {
        return Report.Table(
            ["the highest", "among all", .. Candidates.Select(count => $"text's best {count}")],
            EvidenceFeatures.All.Select(feature => (string[])
            [
                feature.Name, .. Candidates.Prepend(set.Experts.Count).Select(count => Report.Percent(Accuracy(feature.Of, count))),
            ]));

        double Accuracy(Func<EvidenceRecord, string, double> feature, int count) => set.Questions.Average(question =>
            text[question.Id].Take(count).Select(expert => set.Of(question.Id, expert.Expert))
                .MaxBy(record => feature(record, question.Question))!.Score);
    }

    /// <summary>By class of wording: the text alone, the cascade and what it costs, and the limits.</summary>
    public static string Cascades(
        string title, EvidenceSet set, IReadOnlyDictionary<string, IReadOnlyList<RankedExpert>> text, string best,
        IReadOnlyList<CascadeResult> results)
    {
        Dictionary<string, CascadeResult> byId = results.ToDictionary(result => result.Id, StringComparer.Ordinal);
        return Report.Table(
            [title, "n", "text alone", "cascade", "oracle", "text/oracle", "cascade/oracle", $"best single ({best})", "experts asked",
                "tokens written / kept", "prompt tokens"],
            Groups(set.Questions).Select(group => Cells(group.Name, group.Questions)));

        IReadOnlyList<string> Cells(string name, ProfileQuestion[] questions)
        {
            double alone = questions.Average(question => set.Of(question.Id, text[question.Id][0].Expert).Score);
            double cascade = questions.Average(question => byId[question.Id].Score);
            double oracle = questions.Average(question => set.Oracle(question.Id));
            return
            [
                name, $"{questions.Length}", Report.Percent(alone), Report.Percent(cascade), Report.Percent(oracle),
                Report.Percent(alone / oracle), Report.Percent(cascade / oracle),
                Report.Percent(questions.Average(question => set.Of(question.Id, best).Score)),
                $"{questions.Average(question => byId[question.Id].Asked):0.000}",
                $"{questions.Sum(question => byId[question.Id].Tokens) / (double)questions.Sum(question => byId[question.Id].Kept):0.000}",
                $"{questions.Average(question => byId[question.Id].PromptTokens):0.0}",
            ];
        }
    }

    static IEnumerable<(string Name, ProfileQuestion[] Questions)> Groups(IReadOnlyList<ProfileQuestion> questions) =>
        questions.GroupBy(question => question.Tags["phrasing"].GetString()!).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.ToArray())).Prepend(("all", [.. questions]));
}
