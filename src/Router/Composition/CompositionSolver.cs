namespace Orchestrator.Router.Composition;

/// <summary>The map of the greatest expected quality within the budgets.</summary>
static class CompositionSolver
{
    /// <param name="scores">What each expert is worth in each category.</param>
    /// <param name="sizes">One for each expert.</param>
    /// <param name="budget">Limits, or none.</param>
    /// <exception cref="ArgumentException">There is not one size for each expert, or one that is not above 0.</exception>
    /// <exception cref="CompositionException">No expert fits; the message names the smallest budget that works.</exception>
    public static CompositionMap Solve(CategoryScores scores, IReadOnlyList<ExpertSize> sizes, CompositionBudget budget)
    {
        CompositionProblem problem = CompositionProblem.Of(scores, sizes, budget);
        Assignment best = ExactComposition.Serves(problem)
            ? ExactComposition.Solve(problem)
            : LocalSearchComposition.Solve(problem);
        return CompositionReasons.Explain(problem, best);
    }
}
