using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Evidence;

/// <summary>
/// Fits a policy's cascade on the profile alone. Every profiled question is routed twice by routers that have not seen it:
/// once with single questions left out, once with whole wordings, and both count the same, because known and new wordings
/// will both be asked.
/// </summary>
public static class EvidenceFit
{
    const int Folds = 5;

    /// <summary>Beliefs that may be asked for; the highest whose cost fits is taken.</summary>
    static readonly double[] Thresholds = [.. Enumerable.Range(1, 98).Select(percent => percent / 100.0)];

    /// <param name="most">Experts that one question may be asked of.</param>
    /// <param name="budget">Mean number of experts asked that the threshold is chosen for, above 1.</param>
    /// <param name="space">Makes the space of the questions that a router has seen; null is an LSA of them.</param>
    /// <returns>Null where the profile has no evidence to learn from.</returns>
    /// <exception cref="RouterException">The policy is configured wrongly.</exception>
    public static Cascade? Fit(PolicyConfig policy, OutcomeTable outcomes, EvidenceTable evidence, int most, double budget,
        Func<IReadOnlyList<string>, QuestionSpace>? space = null)
    {
        IReadOnlyList<RoutedRow> rows = [.. Route(policy, outcomes, Single, space), .. Route(policy, outcomes, Whole(outcomes), space)];
        return EvidenceModel.Fit([.. rows.SelectMany(row => Samples(row, outcomes, evidence))]) is { } model
            ? new Cascade(model, Threshold(model, rows, evidence, most, budget))
            : null;
    }

    /// <returns>What each expert was expected to score, by a router that was fitted without the question's fold.</returns>
    internal static IReadOnlyList<RoutedRow> Route(
        PolicyConfig policy, OutcomeTable outcomes, Func<OutcomeRow, int> fold, Func<IReadOnlyList<string>, QuestionSpace>? space = null)
    {
        var experts = outcomes.Experts.ToHashSet(StringComparer.Ordinal);
        var routed = new List<RoutedRow>();
        foreach (IGrouping<int, OutcomeRow> part in outcomes.Rows.GroupBy(fold))
        {
            OutcomeTable rest = outcomes.WithoutQuestions(part.Select(row => row.Id).ToHashSet(StringComparer.Ordinal));
            var router = new PolicyRouter([policy], rest, experts, space?.Invoke([.. rest.Rows.Select(row => row.Question)]));
            routed.AddRange(part.Select(row => new RoutedRow(row, router.Route(policy.Name, row.Question, experts).Ranked)));
        }
        return routed;
    }

    internal static int Single(OutcomeRow row) => (int)(StableHash.Of(row.Question, salt: 7) % Folds);

    internal static Func<OutcomeRow, int> Whole(OutcomeTable outcomes)
    {
        Dictionary<string, int> folds = outcomes.Rows.Zip(Wording.Of([.. outcomes.Rows.Select(row => row.Question)]))
            .ToDictionary(pair => pair.First.Id, pair => (int)(StableHash.Of(pair.Second, salt: 7) % Folds), StringComparer.Ordinal);
        return row => folds[row.Id];
    }

    static IEnumerable<EvidenceSample> Samples(RoutedRow routed, OutcomeTable outcomes, EvidenceTable evidence) =>
        from expert in routed.Ranked
        let outcome = routed.Row.Outcomes[outcomes.ColumnOf(expert.Expert)]
        let answer = evidence.Of(routed.Row.Id, expert.Expert)
        where outcome is not null && answer is not null
        select new EvidenceSample(Math.Clamp(expert.Score, 0, 1), answer.Value, outcome.Value.Score >= 0.5);

    /// <summary>More belief asked for costs more experts and gains accuracy, so the budget decides.</summary>
    static double Threshold(
        EvidenceModel model, IReadOnlyList<RoutedRow> rows, EvidenceTable evidence, int most, double budget) =>
        Thresholds.Where(threshold => rows.Average(row => Play(new Cascade(model, threshold), row, evidence, most).Asked) <= budget)
            .DefaultIfEmpty(0).Max();

    /// <summary>Plays a cascade on recorded answers.</summary>
    /// <returns>Whose answer is believed at the end, and how many were asked.</returns>
    internal static (string? Expert, double Belief, int Asked) Play(Cascade cascade, RoutedRow row, EvidenceTable evidence, int most)
    {
        var heard = new List<ExpertEvidence>();
        while (true)
        {
            CascadeStep step = cascade.Next(row.Ranked, heard, most);
            if (step.Done)
                return (step.Expert, step.Belief, heard.Count);
            heard.Add(new ExpertEvidence(step.Expert!, evidence.Of(row.Row.Id, step.Expert!)));
        }
    }
}

/// <summary>A profiled question and its ranking by a router that has not seen it.</summary>
sealed record RoutedRow(OutcomeRow Row, IReadOnlyList<RankedExpert> Ranked);
