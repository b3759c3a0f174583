using System.Text.Json;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Evidence;

/// <summary>What a policy expects of every expert from a question's text alone, for questions that it has not seen.</summary>
static class TextScores
{
    const int Folds = 5;

    /// <returns>By question, the ranking of a router that was fitted on the other folds.</returns>
    public static Dictionary<string, IReadOnlyList<RankedExpert>> OutOfFold(
        OrchestratorConfig config, PolicyConfig policy, OutcomeTable profile, Func<OutcomeRow, int> fold)
    {
        var scores = new Dictionary<string, IReadOnlyList<RankedExpert>>(StringComparer.Ordinal);
        foreach (IGrouping<int, OutcomeRow> part in profile.Rows.GroupBy(fold))
        {
            var experts = profile.Experts.ToHashSet(StringComparer.Ordinal);
            OutcomeTable rest = profile.WithoutQuestions(part.Select(row => row.Id).ToHashSet(StringComparer.Ordinal));
            var router = BenchRouter.Of(config, [policy], rest, experts);
            foreach (OutcomeRow row in part)
                scores[row.Id] = router.Route(policy.Name, row.Question, experts).Ranked;
        }
        return scores;
    }

    /// <summary>Every fifth question of the file's order.</summary>
    public static Func<OutcomeRow, int> Random(OutcomeTable profile)
    {
        Dictionary<string, int> places = profile.Rows.Select((row, index) => (row.Id, index))
            .ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        return row => places[row.Id] % Folds;
    }

    /// <summary>All questions of one wording, a template of a skill, are left out together.</summary>
    public static Func<OutcomeRow, int> ByWording(IReadOnlyList<ProfileQuestion> questions)
    {
        Dictionary<string, int> templates = questions.ToDictionary(
            question => question.Id, question => Template(question.Tags["template"]), StringComparer.Ordinal);
        return row => templates[row.Id] % Folds;
    }

    static int Template(JsonElement tag) => tag.GetInt32();
}
