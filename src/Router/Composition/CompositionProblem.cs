namespace Orchestrator.Router.Composition;

/// <summary>
/// The experts that may be chosen within the budgets, by their index here, smallest first, so that the first of equals is
/// the smallest; with gains p_c · v(c, e) and prices p_c · active(e) of every choice.
/// </summary>
sealed class CompositionProblem
{
    CompositionProblem(
        CategoryScores scores, IReadOnlyList<ExpertSize> sizes, CompositionBudget budget, int[] experts, List<string> excluded)
    {
        Scores = scores;
        Sizes = sizes;
        Budget = budget;
        Experts = experts;
        Excluded = excluded;
        Bytes = [.. experts.Select(expert => sizes[expert].ResidentBytes ?? 0)];
        Gains = [.. scores.Values.Select((row, category) => experts.Select(expert => scores.Shares[category] * row[expert]).ToArray())];
        Prices = [.. scores.Shares.Select(share =>
            experts.Select(expert => share * (sizes[expert].ActiveParameters ?? 0)).ToArray())];
    }

    public CategoryScores Scores { get; }

    public IReadOnlyList<ExpertSize> Sizes { get; }

    public CompositionBudget Budget { get; }

    /// <summary>Index in <see cref="CategoryScores.Experts"/> of each expert that may be chosen.</summary>
    public int[] Experts { get; }

    /// <summary>Sentences on the experts that may not be chosen.</summary>
    public List<string> Excluded { get; }

    /// <summary>By expert; not to be read where no budget is on it.</summary>
    public long[] Bytes { get; }

    /// <summary>By category, then expert.</summary>
    public double[][] Gains { get; }

    /// <summary>By category, then expert; not to be read where no budget is on it.</summary>
    public double[][] Prices { get; }

    public int Categories => Gains.Length;

    /// <summary>The budget on mean active parameters, with room for rounding; infinite when there is none.</summary>
    public double ActiveLimit => Budget.MaxMeanActiveParameters * (1 + 1e-12) ?? double.PositiveInfinity;

    public long ByteLimit => Budget.MaxResidentBytes ?? long.MaxValue;

    /// <exception cref="ArgumentException">There is not one size for each expert, or one that is not above 0.</exception>
    /// <exception cref="CompositionException">No expert fits the budgets.</exception>
    public static CompositionProblem Of(CategoryScores scores, IReadOnlyList<ExpertSize> sizes, CompositionBudget budget)
    {
        if (sizes.Count != scores.Experts.Count)
            throw new ArgumentException($"There are {scores.Experts.Count} experts but {sizes.Count} sizes.", nameof(sizes));
        if (sizes.Any(size => size.ResidentBytes <= 0 || size.ActiveParameters <= 0))
            throw new ArgumentException("A size is not above 0; an unknown size is null.", nameof(sizes));
        var (known, excluded) = (new List<int>(), new List<string>());
        for (int expert = 0; expert < sizes.Count; expert++)
        {
            string name = scores.Experts[expert];
            if (double.IsNaN(scores.Means[expert]))
                excluded.Add($"{name} cannot be chosen: it has no outcomes.");
            else if (budget.MaxResidentBytes is not null && sizes[expert].ResidentBytes is null)
                excluded.Add($"{name} cannot be chosen under a budget on resident bytes: its size is unknown.");
            else if (budget.MaxMeanActiveParameters is not null && sizes[expert].ActiveParameters is null)
                excluded.Add($"{name} cannot be chosen under a budget on mean active parameters: its own are unknown.");
            else
                known.Add(expert);
        }
        if (known.Count == 0)
            throw new CompositionException(string.Join(' ', ["No expert can be chosen.", .. excluded]));
        BudgetCheck.Check(scores, sizes, budget, known);
        int[] fit = [.. known.Where(expert => budget.MaxResidentBytes is not { } most || sizes[expert].ResidentBytes <= most)
            .OrderBy(expert => sizes[expert].ResidentBytes ?? long.MaxValue)
            .ThenBy(expert => sizes[expert].ActiveParameters ?? long.MaxValue)];
        excluded.AddRange(known.Except(fit).Select(expert =>
            $"{scores.Experts[expert]} cannot be chosen: its {Amount.Bytes(sizes[expert].ResidentBytes)} alone exceed the budget."));
        return new CompositionProblem(scores, sizes, budget, fit, excluded);
    }
}
