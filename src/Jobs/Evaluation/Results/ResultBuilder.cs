using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>Puts a result together from what the arms gave; nothing is asked any more.</summary>
sealed class ResultBuilder(
    EvalOptions options, EvalSubjects subjects, IReadOnlyList<ProfileQuestion> questions, GradedArms graded,
    IReadOnlyList<ArmTotals> totals, IReadOnlyList<Budget> budgets)
{
    public EvalResult Build(EvalDataset reported, BestSingleFacts? best, DateTimeOffset date) => new()
    {
        Facts = new EvalFacts
        {
            Dataset = reported.Name,
            Hash = reported.Hash,
            Date = date,
            Policies = [.. options.Policies.Select(Policy)],
            Experts = subjects.Experts,
            BestSingle = best,
            Generalist = options.Generalist,
            Judge = options.Judge,
            MaxTokens = options.MaxTokens,
            Temperature = options.Temperature,
            Bootstrap = options.Bootstrap,
            Arms = [.. totals.Select(arm => arm.Kind is ArmKind.Policy or ArmKind.Expert ? arm with { Ungraded = graded.Ungraded(arm.Arm) } : arm)],
            Budgets = budgets.ToDictionary(
                budget => budget.Column,
                budget => new BudgetFacts(budget.Used.Calls, budget.Used.Tokens, budget.Calls, budget.Tokens, budget.Used.Matched),
                StringComparer.Ordinal),
            Warnings = [.. Warnings()],
        },
        Rows = [.. questions.Select((question, place) => Row(question, place, best?.Expert))],
    };

    EvalRow Row(ProfileQuestion question, int place, string? best)
    {
        var answers = graded.Of(question).ToDictionary(StringComparer.Ordinal);
        var scores = answers.ToDictionary(arm => arm.Key, arm => arm.Value.Score, StringComparer.Ordinal);
        if (best is not null)
        {
            var experts = subjects.Experts.ToDictionary(expert => expert, expert => answers[expert], StringComparer.Ordinal);
            foreach (var (column, score) in Baselines.Of(experts, best, options.Generalist))
                scores[column] = score;
        }
        foreach (Budget budget in budgets)
            scores[budget.Column] = budget.Used.Scores[place];
        return new EvalRow(
            question.Id, question.Skills, scores,
            answers.ToDictionary(arm => arm.Key, arm => arm.Value.ToFact(), StringComparer.Ordinal));
    }

    PolicyFacts Policy(string name)
    {
        var policy = subjects.Policies.First(policy => policy.Name == name);
        return new PolicyFacts(
            name, policy.Strategy, policy.Panel, policy.Aggregator, policy.AggregatorExpert, policy.QualityWeight, policy.Options);
    }

    IEnumerable<string> Warnings()
    {
        var profiled = Leakage.Find(questions, subjects.Profile);
        if (profiled.Count > 0)
        {
            yield return $"{profiled.Count} of the {questions.Count} questions are in the profile, which the router learned from: "
                + "its scores are too good.";
        }
        foreach (ArmTotals arm in totals.Where(arm => arm.Failed > 0))
            yield return $"{Name(arm)} gave no answer to {arm.Failed} of {arm.Items} items, which count as wrong.";
        foreach (ArmTotals arm in totals.Where(arm => arm.Resumed))
            yield return $"{Name(arm)} went on after an interruption: its loads, wall time and peak bytes are those of the last part.";
        if (options.Judge is { } judge && subjects.Experts.Contains(judge, StringComparer.Ordinal))
            yield return $"The judge {judge} is one of the experts it judges.";
        foreach (Budget budget in budgets.Where(budget => !budget.Used.Matched))
            yield return $"{budget.Column} got less than its policy: the limit of {options.MaxSamples} samples a question was reached.";
    }

    static string Name(ArmTotals arm) => $"{arm.Arm} ({arm.Kind.ToString().ToLowerInvariant()})";
}
