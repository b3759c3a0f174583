using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Grading;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Running;
using Orchestrator.Router.Gating;

namespace Orchestrator.Jobs.Training;

/// <summary>
/// Fits the gate of a policy: its questions are answered with passages and without, as two jobs that go on after an
/// interruption.
/// </summary>
/// <param name="runner">Over a configuration that has the policies of <see cref="Arms"/>.</param>
/// <param name="fingerprint">Of that configuration.</param>
public sealed class GateTraining(IArmRunner runner, string fingerprint)
{
    /// <summary>The policy twice: with passages always, and never. Names that no configuration can have.</summary>
    public static (PolicyConfig Always, PolicyConfig Never) Arms(PolicyConfig policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        PassagesConfig context = policy.Context
            ?? throw new ConfigException([$"policies.{policy.Name} has no collection, so there is nothing that a gate could decide."]);
        return (Arm("+always", RetrieveWhen.Always), Arm("+never", RetrieveWhen.Never));

        PolicyConfig Arm(string name, RetrieveWhen when) =>
            policy with { Name = policy.Name + name, Context = context with { When = when } };
    }

    /// <param name="questions">With graders that need no judge; not those that anything is measured on later.</param>
    /// <param name="price">What passages cost, in shares of a right answer.</param>
    /// <exception cref="EvalException">There are too few questions, or they cannot be graded, or answered.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; running it again goes on.</exception>
    public async Task<RetrievalGate> RunAsync(
        PolicyConfig policy, EvalDataset dataset, double price, IProgress<EvalProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Questions.Count < GateFit.LeastQuestions)
            throw new EvalException($"A gate needs at least {GateFit.LeastQuestions} questions, the file has {dataset.Questions.Count}.");
        if (dataset.Questions.FirstOrDefault(question => question.Grader == Graders.Judge) is { } judged)
            throw new EvalException($"The question '{judged.Id}' has the grader '{Graders.Judge}'; a gate is fitted on those that are graded without one.");
        (PolicyConfig always, PolicyConfig never) = Arms(policy);
        var options = new EvalOptions { Policies = [always.Name, never.Name] };
        var names = new ArmNames(dataset.Hash, fingerprint, options);
        var desk = new ArmDesk(runner, names, options, progress, expected: 2);
        var with = await desk.RunAsync(always.Name, ArmKind.Policy, ArmItems.Greedy(dataset.Questions, always.Name, options), cancellationToken);
        var without = await desk.RunAsync(never.Name, ArmKind.Policy, ArmItems.Greedy(dataset.Questions, never.Name, options), cancellationToken);
        GateExample[] examples = [.. dataset.Questions.Select(question => Example(question, with[question.Id], without[question.Id])).OfType<GateExample>()];
        if (examples.Length < GateFit.LeastQuestions)
        {
            string why = with.Values.Concat(without.Values).Select(answer => answer.Failure?.Message).FirstOrDefault(message => message is not null)
                ?? "the collection has no passages";
            throw new EvalException($"Only {examples.Length} of {dataset.Questions.Count} questions could be answered with passages and without: {why}");
        }
        RetrievalGate gate = GateFit.Fit(examples, policy.Context!.Collection, price);
        foreach (string job in names.Given) await runner.ForgetAsync(job, cancellationToken);
        return gate;
    }

    /// <returns>Null where a run failed or found nothing.</returns>
    static GateExample? Example(ProfileQuestion question, JobAnswer with, JobAnswer without) =>
        with.Failure is null && without.Failure is null && with.Plan?.Context?.Features is { } features
            && Score(question, with) is { } helped && Score(question, without) is { } alone
                ? new GateExample(features, helped, alone)
                : null;

    static double? Score(ProfileQuestion question, JobAnswer answer) =>
        Graders.Decide(question.Grader, answer.Text, question.Reference, question.Options).Score;
}
