using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>The graded answers of policies and experts.</summary>
sealed class GradedArms
{
    readonly Dictionary<string, Dictionary<string, GradedAnswer>> _arms = new(StringComparer.Ordinal);

    /// <summary>One answer a question that the arm was asked.</summary>
    public GradedAnswer this[string arm, ProfileQuestion question] => _arms[arm][question.Id];

    /// <summary>The arms that were asked the question, in the order they were run in.</summary>
    public IEnumerable<KeyValuePair<string, GradedAnswer>> Of(ProfileQuestion question) =>
        _arms.Where(arm => arm.Value.ContainsKey(question.Id)).Select(arm => KeyValuePair.Create(arm.Key, arm.Value[question.Id]));

    public int Ungraded(string arm) => _arms[arm].Values.Count(answer => answer.Score is null);

    public int Unread(string arm) => _arms[arm].Values.Count(answer => answer.IsUnread);

    /// <param name="answers">Of each arm, by question.</param>
    public static async Task<GradedArms> GradeAsync(
        ArmDesk desk, IReadOnlyList<ProfileQuestion> questions, IReadOnlyList<(string Arm, IReadOnlyDictionary<string, JobAnswer> Answers)> answers,
        CancellationToken cancellationToken)
    {
        await desk.JudgeAsync(questions.SelectMany(question => answers
            .Select(arm => arm.Answers.GetValueOrDefault(question.Id))
            .OfType<JobAnswer>()
            .Where(answer => answer.Failure is null)
            .Select(answer => (question, answer.Text))), cancellationToken);
        var graded = new GradedArms();
        foreach (var (arm, given) in answers)
        {
            graded._arms[arm] = questions.Where(question => given.ContainsKey(question.Id)).ToDictionary(
                question => question.Id, question => GradedAnswer.Of(question, given[question.Id], desk.GradeOf), StringComparer.Ordinal);
        }
        return graded;
    }
}
