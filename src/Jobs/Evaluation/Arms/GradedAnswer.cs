using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Evaluation.Statistics;
using Orchestrator.Jobs.Grading;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>One answer of an arm with what it scored.</summary>
/// <param name="Score">1 is right, 0 is wrong or no answer; null when the grader could not decide.</param>
/// <param name="Gist">What it says, as votes are counted; null when it says nothing.</param>
/// <param name="Tokens">Read and written.</param>
/// <param name="Note">Why there is no answer, or no score; null otherwise.</param>
sealed record GradedAnswer(
    string Text, double? Score, string? Gist, int Calls, long Tokens, IReadOnlyList<string> Panel, string? Note)
{
    /// <summary>Whether there is an answer, but nothing in it that the grader could compare.</summary>
    public bool IsUnread => Score == 0 && Gist is null && Text.Length > 0;

    public Ballot Ballot => new(Gist, Score);

    public EvalAnswer ToFact() => new(Text, Score, Calls, Tokens, Panel, Note);

    public SampledAnswer Sample => new(Ballot, Tokens);

    public static GradedAnswer Of(ProfileQuestion question, JobAnswer answer, Func<ProfileQuestion, string, Grade> grade) => Of(
        question, answer.Text, answer.Failure, answer.Calls, (long)answer.Usage.PromptTokens + answer.Usage.CompletionTokens,
        answer.Plan?.Panel ?? [], grade);

    public static GradedAnswer Of(ProfileQuestion question, MemberAnswer sample, Func<ProfileQuestion, string, Grade> grade) => Of(
        question, sample.Text, sample.Failure, 1, (long)(sample.Usage?.PromptTokens ?? 0) + (sample.Usage?.CompletionTokens ?? 0),
        [sample.Expert], grade);

    static GradedAnswer Of(
        ProfileQuestion question, string text, JobFailure? failure, int calls, long tokens, IReadOnlyList<string> panel,
        Func<ProfileQuestion, string, Grade> grade)
    {
        // That an expert cannot take a question is its own fault, and no answer is wrong.
        if (failure is not null)
            return new GradedAnswer("", 0, null, calls, tokens, panel, $"{failure.Code}: {failure.Message}");
        Grade given = grade(question, text);
        return new GradedAnswer(
            text, given.Score, Graders.Gist(question.Grader, text, question.Options), calls, tokens, panel, given.Note);
    }
}
