using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Composition;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Routing.Trials;

/// <summary>A composition fitted exactly as a policy of the strategy <c>composition</c> is, to be looked at.</summary>
public sealed class CompositionTrial
{
    readonly Profile _profile;
    readonly CompositionStrategy _strategy;

    CompositionTrial(Profile profile, CompositionStrategy strategy) => (_profile, _strategy) = (profile, strategy);

    /// <param name="problems">Gets a sentence for every reason why there is no composition, such as a budget that nobody fits.</param>
    /// <returns>Null when there are problems.</returns>
    public static CompositionTrial? Fit(
        PolicyConfig policy, OutcomeTable outcomes, QuestionSpace space, IReadOnlyDictionary<string, ExpertFacts> facts, List<string> problems)
    {
        var profile = new Profile(outcomes, space, facts);
        switch (StrategyRegistry.Create(policy, profile, problems))
        {
            case CompositionStrategy strategy:
                return new CompositionTrial(profile, strategy);
            case BestSingleStrategy:
                problems.Add($"{outcomes.Rows.Count} profiled questions are too few for a composition.");
                return null;
            case null:
                return null;
            default:
                problems.Add($"Policy '{policy.Name}' has the strategy '{policy.Strategy}', not 'composition'.");
                return null;
        }
    }

    public Composed Describe()
    {
        ComposedExperts composed = _strategy.Composed;
        CompositionMap map = composed.Map;
        int best = OutOfFold.Choice(_profile, [.. _profile.Means]);
        return new Composed
        {
            Categories = [.. map.Choices.Select(choice =>
                new ComposedCategory(choice.Category, choice.Share, choice.Expert, choice.Value, choice.Count))],
            CategoriesAreGiven = composed.Categories.Labels.AreGiven,
            Accuracy = composed.Categories.Accuracy,
            Temperature = composed.Categories.Temperature,
            Generalist = composed.Generalist,
            Floor = composed.Floor,
            Quality = map.Quality,
            QualityWithoutBudget = CompositionSolver.Solve(composed.Scores, composed.Sizes, new CompositionBudget()).Quality,
            HeldOut = HeldOutScore(),
            BestSingle = (_profile.Table.Experts[best], _profile.Means[best]),
            Resident = new Spent(composed.Budget.MaxResidentBytes, map.ResidentBytes),
            Active = new Spent(composed.Budget.MaxMeanActiveParameters, map.MeanActiveParameters),
            Reasons = map.Reasons,
        };
    }

    /// <summary>Quality by bytes of memory.</summary>
    public BudgetFront ByResidentBytes() => Front(ParetoFront.ByResidentBytes);

    /// <summary>Quality by parameters that answer a question in the mean.</summary>
    public BudgetFront ByMeanActive() => Front(ParetoFront.ByMeanActive);

    BudgetFront Front(Func<CategoryScores, IReadOnlyList<ExpertSize>, ParetoFront> of)
    {
        try
        {
            ParetoFront front = of(_strategy.Composed.Scores, _strategy.Composed.Sizes);
            return new BudgetFront(
                [.. front.Points.Select(point => new BudgetPoint(point.Size, point.Quality, [.. point.Experts.Distinct()]))],
                front.Gap, front.Excluded);
        }
        catch (CompositionException unknown)
        {
            return new BudgetFront([], null, [unknown.Message]);
        }
    }

    double HeldOutScore() => _strategy.HeldOut!
        .Select((expected, row) => OutOfFold.Choice(_profile, expected) is >= 0 and var chosen ? _profile.Scores[row][chosen] : double.NaN)
        .Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
