using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Bench.Routing;

/// <summary>Judges every variant on one profile: the share of questions whose primary is right.</summary>
/// <param name="set">Further options of the policy, each as name=value.</param>
sealed class SkillsTrial(OutcomeTable profile, IReadOnlyDictionary<string, TaggedQuestion> tags, IReadOnlyList<string> set)
{
    const int Folds = 5;

    /// <summary>On the profiled questions themselves, each judged by a profile without its fifth.</summary>
    public IReadOnlyDictionary<SkillsVariant, double> CrossValidate()
    {
        var folds = Enumerable.Range(0, Folds).Select(fold =>
        {
            OutcomeRow[] left = [.. profile.Rows.Where((_, row) => row % Folds == fold)];
            OutcomeTable rest = profile.WithoutQuestions(left.Select(row => row.Id).ToHashSet(StringComparer.Ordinal));
            return Judge(rest, new OutcomeTable("", profile.Experts, left), tags);
        }).ToArray();
        return SkillsVariant.All.ToDictionary(variant => variant, variant => folds.Average(fold => fold[variant]));
    }

    public IReadOnlyDictionary<SkillsVariant, double> Judge(OutcomeTable questions, IReadOnlyDictionary<string, TaggedQuestion> asked) =>
        Judge(profile, questions, asked);

    Dictionary<SkillsVariant, double> Judge(
        OutcomeTable known, OutcomeTable questions, IReadOnlyDictionary<string, TaggedQuestion> tags)
    {
        HashSet<string> experts = questions.Experts.ToHashSet(StringComparer.Ordinal);
        var router = new PolicyRouter(
            [.. SkillsVariant.All.Select(variant => variant.ToPolicy(set))], known, experts,
            QuestionSpace.Hashed([.. known.Rows.Select(row => row.Question)]));
        RouteQuestion[] asked = [.. questions.Rows.Select(row => new RouteQuestion(row.Question) { Tagged = tags[row.Id] })];
        return SkillsVariant.All.ToDictionary(variant => variant, variant => router.RouteAll($"{variant}", asked, experts)
            .Zip(questions.Rows, (plan, row) => row.Outcomes[questions.ColumnOf(plan.Primary)]!.Value.Score).Average());
    }
}
