using Orchestrator.Experts;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Retrieval.Answers;

namespace Orchestrator.Jobs.Tests.Evaluation;

/// <summary>
/// Answers items by a function of model, question and sample, from 1 where there are several; keeps jobs like the real one,
/// and remembers them.
/// </summary>
sealed class FakeArmRunner(Func<string, string, int, string> answer) : IArmRunner
{
    readonly Dictionary<string, JobAnswer[]> _kept = [];

    public List<(string Job, IReadOnlyList<JobItem> Items)> Runs { get; } = [];

    public IEnumerable<string> Kept => _kept.Keys;

    /// <summary>Panel of a policy; an expert is its own.</summary>
    public Dictionary<string, string[]> Panels { get; } = [];

    /// <summary>Questions that a model refuses.</summary>
    public HashSet<(string Model, string Question)> Refused { get; } = [];

    /// <summary>What was found for a question of a model; mostly nothing was looked for.</summary>
    public Func<string, string, AnswerContext?> Found { get; init; } = (_, _) => null;

    /// <summary>Tokens written for an answer; two are read.</summary>
    public Func<string, int> Written { get; init; } = _ => 8;

    /// <summary>Wall time of an arm, by its first item.</summary>
    public Func<JobItem, TimeSpan> Took { get; init; } = _ => TimeSpan.FromSeconds(2);

    /// <summary>Tokens of a question that naming its skills took.</summary>
    public int Tagged { get; init; }

    /// <summary>Called before a job is run.</summary>
    public Action<string> BeforeRun { get; init; } = _ => { };

    public Task<ArmRun> RunAsync(
        string job, IReadOnlyList<JobItem> items, IProgress<JobProgress>? progress, CancellationToken cancellationToken)
    {
        BeforeRun(job);
        cancellationToken.ThrowIfCancellationRequested();
        bool resumed = _kept.TryGetValue(job, out JobAnswer[]? answers);
        answers ??= [.. items.Select(Answer)];
        _kept[job] = answers;
        Runs.Add((job, items));
        progress?.Report(new JobProgress { Stage = JobStage.Ask, ItemsDone = items.Count, Items = items.Count, Experts = 1, Loads = 1 });
        var report = new JobReport
        {
            Items = items.Count,
            Done = items.Count,
            Stages = [new StageReport(JobStage.Ask, items.Count, new TokenUsage(0, 0), TimeSpan.FromSeconds(2), new Dictionary<string, long> { [items[0].Model] = 1 })],
            WallTime = Took(items[0]),
            PeakBytes = 1 << 20,
        };
        return Task.FromResult(new ArmRun(answers, report, resumed, Tagged == 0 ? ArmTagging.None : new ArmTagging(items.Count, items.Count * (long)Tagged, 0)));
    }

    public Task ForgetAsync(string job, CancellationToken cancellationToken)
    {
        _kept.Remove(job);
        return Task.CompletedTask;
    }

    JobAnswer Answer(JobItem item, int index)
    {
        string[] panel = Panels.GetValueOrDefault(item.Model, [item.Model]);
        var plan = new PlanFacts { Policy = item.Model, Panel = panel, Weights = [.. panel.Select(_ => 1.0)], Context = Found(item.Model, item.Question) };
        if (Refused.Contains((item.Model, item.Question)))
        {
            return new JobAnswer
            {
                Index = index,
                Key = item.Key,
                Plan = plan,
                Failure = new JobFailure(ExpertFailure.PromptTooLong, item.Model, "Too long."),
            };
        }
        MemberAnswer[] members =
        [
            .. panel.SelectMany(_ => Enumerable.Range(0, item.Samples)).Select(sample => new MemberAnswer(
                panel[0], sample, answer(item.Model, item.Question, item.Samples > 1 ? sample + 1 : 0), new TokenUsage(2, Written(item.Model)), FinishReason.Stop)),
        ];
        return new JobAnswer
        {
            Index = index,
            Key = item.Key,
            Text = members[0].Text,
            Expert = panel[0],
            Plan = plan,
            Members = members,
            Usage = new TokenUsage(2 * members.Length, members.Length * Written(item.Model)),
            Calls = members.Length,
        };
    }
}
