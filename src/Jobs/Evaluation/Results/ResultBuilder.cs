using Orchestrator.Jobs.Evaluation.Arms;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>Puts a result together from what the arms gave; nothing is asked any more.</summary>
sealed class ResultBuilder(
    EvalOptions options, EvalSubjects subjects, IReadOnlyList<ProfileQuestion> questions, GradedArms graded,
    IReadOnlyList<ArmTotals> totals, IReadOnlyList<Budget> budgets, IReadOnlyList<string> choosing)
{
    public EvalResult Build(EvalDataset reported, BestSingleFacts? best, DateTimeOffset date) => new()
    {
        Facts = new EvalFacts
        {
            Dataset = reported.Name,
            Hash = reported.Hash,
            Questions = questions.Count,
            Date = date,
            Policies = [.. options.Policies.Select(Policy)],
            Experts = subjects.Experts,
            BestSingle = best,
            Generalist = options.Generalist,
            Judge = options.Judge,
            MaxTokens = options.MaxTokens,
            Temperature = options.Temperature,
            Bootstrap = options.Bootstrap,
            Arms = [.. totals.Select(Counted)],
            Budgets = budgets.Where(budget => budget.Used is not null)
                .ToDictionary(budget => budget.Column, budget => BudgetFacts.Of(budget, budget.Used!), StringComparer.Ordinal),
            Unknown = budgets.Where(budget => budget.Unknown is not null)
                .ToDictionary(budget => budget.Column, budget => budget.Unknown!, StringComparer.Ordinal),
            Parameters = subjects.Parameters,
            Warnings = [.. Warnings(reported, best?.Expert)],
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
        {
            if (budget.Used is { } used)
                scores[budget.Column] = used.Scores[place];
        }
        return new EvalRow(
            question.Id, question.Skills, scores,
            answers.ToDictionary(arm => arm.Key, arm => arm.Value.ToFact(), StringComparer.Ordinal));
    }

    ArmTotals Counted(ArmTotals arm) => arm.Kind is ArmKind.Policy or ArmKind.Expert
        ? arm with { Ungraded = graded.Ungraded(arm.Arm), Unread = graded.Unread(arm.Arm) }
        : arm;

    PolicyFacts Policy(string name)
    {
        var policy = subjects.Policies.First(policy => policy.Name == name);
        return new PolicyFacts(
            name, policy.Strategy, policy.Panel, policy.Aggregator, policy.AggregatorExpert, policy.QualityWeight, policy.Options);
    }

    IEnumerable<string> Warnings(EvalDataset dataset, string? best) =>
    [
        .. Leakage.Warnings(dataset, subjects, options.Policies), .. choosing, .. EvalWarnings.OfArms(totals),
        .. EvalWarnings.OfMergers(options.Policies, subjects),
        .. EvalWarnings.OfJudge(options.Judge, subjects.Experts),
        .. EvalWarnings.OfBudgets(budgets, best is null ? [] : [.. questions.Select(question => graded[best, question].Score)], options.MaxSamples),
    ];
}
