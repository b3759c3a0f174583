using Orchestrator.Jobs.Grading;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation.Arms;

/// <summary>Runs the arms of one evaluation one after the other, and keeps what each took.</summary>
/// <param name="expected">How many arms there are without judging.</param>
/// <param name="tagger">The expert that names skills; null where there is none.</param>
sealed class ArmDesk(
    IArmRunner runner, ArmNames names, EvalOptions options, IProgress<EvalProgress>? progress, int expected, string? tagger = null)
{
    readonly List<ArmTotals> _totals = [];
    readonly Dictionary<string, Grade> _judged = new(StringComparer.Ordinal);
    int _place;

    public IReadOnlyList<ArmTotals> Totals => _totals;

    /// <returns>The answers by the key of their item.</returns>
    public async Task<IReadOnlyDictionary<string, JobAnswer>> RunAsync(
        string arm, ArmKind kind, JobItem[] items, CancellationToken cancellationToken, string detail = "")
    {
        _place++;
        // Kind and arm: an expert is an arm by itself, sampled, and as a judge.
        string job = names.Of(kind == ArmKind.Policy || kind == ArmKind.Expert ? arm : $"{kind.ToString().ToLowerInvariant()}-{arm}", detail);
        ArmRun run = await runner.RunAsync(
            job, items, progress is null ? null : new ArmProgress(progress, arm, _place, Math.Max(expected, _place)), cancellationToken);
        _totals.Add(ArmTotals.Of(arm, kind, run, tagger));
        return run.Answers.ToDictionary(answer => answer.Key, StringComparer.Ordinal);
    }

    /// <summary>Asks the judge about those answers that it has not been asked about, each different one once.</summary>
    public async Task JudgeAsync(IEnumerable<(ProfileQuestion Question, string Text)> answers, CancellationToken cancellationToken)
    {
        JobItem[] items =
        [
            .. answers.Where(answer => answer.Question.Grader == Graders.Judge)
                .Select(answer => JudgeItem(answer.Question, answer.Text))
                .Where(item => !_judged.ContainsKey(item.Key))
                .DistinctBy(item => item.Key),
        ];
        if (items.Length == 0)
            return;
        string detail = ArmNames.Digest(string.Join('\n', items.Select(item => item.Key)));
        foreach (var (key, answer) in await RunAsync(options.Judge!, ArmKind.Judge, items, cancellationToken, detail))
        {
            _judged[key] = answer.Failure is { } failure
                ? Grade.Undecided($"the judge did not reply: {failure.Message}")
                : JudgeGrader.Read(answer.Text);
        }
    }

    /// <summary>The judge must have been asked where the question wants it.</summary>
    public Grade GradeOf(ProfileQuestion question, string text) => question.Grader == Graders.Judge
        ? _judged[JudgeKey(question, text)]
        : Graders.Decide(question.Grader, text, question.Reference, question.Options);

    JobItem JudgeItem(ProfileQuestion question, string text) => new()
    {
        Key = JudgeKey(question, text),
        Model = options.Judge!,
        Request = JudgeGrader.Request(question.Question, question.Reference, text, options.MaxTokens),
        AllowVariant = false,
    };

    static string JudgeKey(ProfileQuestion question, string text) => $"{question.Id}/{ArmNames.Digest(text)}";

    sealed class ArmProgress(IProgress<EvalProgress> progress, string arm, int place, int arms) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => progress.Report(new EvalProgress(arm, place, arms, value));
    }
}
