using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Loading.Choice;

/// <summary>A held-out question and the expert that the policy ranks first when nobody has to be waited for.</summary>
sealed record ChoiceQuestion(ProfileQuestion Asked, string Best)
{
    /// <summary>In random order, drawn from the seed.</summary>
    /// <param name="count">0 is all of the file.</param>
    public static IReadOnlyList<ChoiceQuestion> Draw(ScenarioContext context, string file, int count, PolicyRouter router)
    {
        ProfileQuestion[] questions = [.. QuestionFile.Read(file)];
        new Random(context.Options.Seed).Shuffle(questions);
        var experts = context.Ids.ToHashSet(StringComparer.Ordinal);
        string quality = WeightedPolicies.NameAt(1);
        return [.. questions.Take(count > 0 ? count : questions.Length).Select(question =>
            new ChoiceQuestion(question, router.Route(quality, question.Question, experts).Primary))];
    }
}
