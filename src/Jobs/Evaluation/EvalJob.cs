using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>
/// Evaluates policies on questions that were not profiled: runs each of them alone, then every expert alone, then the best
/// single expert as often as a policy took calls, tokens, operations and time. Each arm is a job that goes on after an interruption.
/// </summary>
public sealed class EvalJob(EvalOptions options, IArmRunner runner, TimeProvider time)
{
    IReadOnlyList<string> _jobs = [];

    /// <exception cref="EvalException">The questions cannot be evaluated like this; nothing ran.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; running it again goes on.</exception>
    public async Task<EvalResult> RunAsync(
        EvalDataset dataset, EvalSubjects subjects, IProgress<EvalProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        EvalRules.Check(options, dataset, subjects);
        BestSingleChoice single = BestSingleChoice.Of(dataset.Questions, subjects, options);
        var names = new ArmNames(dataset.Hash, subjects.Fingerprint, options);
        _jobs = names.Given;
        IReadOnlyList<string> experts = options.Baselines ? subjects.Experts : [];
        var desk = new ArmDesk(runner, names, options, progress, options.Policies.Count + experts.Count, subjects.Tagger);

        var answers = new List<(string Arm, IReadOnlyDictionary<string, JobAnswer> Answers)>();
        foreach (string policy in options.Policies)
            answers.Add((policy, await AskAsync(policy, ArmKind.Policy, single.Reported)));
        foreach (string expert in experts)
            answers.Add((expert, await AskAsync(expert, ArmKind.Expert, dataset.Questions)));
        GradedArms graded = await GradedArms.GradeAsync(desk, dataset.Questions, answers, cancellationToken);
        string? best = options.Baselines ? single.Choose(experts, graded) : null;
        IReadOnlyList<Budget> budgets = best is null
            ? []
            : await Budget.MatchAsync(desk, options, best, single.Reported, graded, new ModelSizes(subjects.Parameters), cancellationToken);
        return new ResultBuilder(options, subjects, single.Reported, graded, desk.Totals, budgets, single.Warnings)
            .Build(EvalDataset.Of(dataset.Name, single.Reported), best is null ? null : new BestSingleFacts(best, single.ChosenOn), time.GetUtcNow());

        Task<IReadOnlyDictionary<string, JobAnswer>> AskAsync(string model, ArmKind kind, IReadOnlyList<ProfileQuestion> questions) =>
            desk.RunAsync(model, kind, ArmItems.Greedy(questions, model, options), cancellationToken);
    }

    /// <summary>Drops what is kept of the arms, once the result is where it should be: a later evaluation measures anew.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken = default)
    {
        foreach (string job in _jobs)
            await runner.ForgetAsync(job, cancellationToken);
    }
}
