namespace Orchestrator.Router.Composition;

/// <summary>
/// Whether any map fits the budgets. If one does, so does the one that gives every category to its expert of the fewest
/// active parameters: that one needs no more of either. So single experts say what the smallest budget is.
/// </summary>
static class BudgetCheck
{
    /// <exception cref="CompositionException">None fits; the message names the smallest budget that works.</exception>
    public static void Check(
        CategoryScores scores, IReadOnlyList<ExpertSize> sizes, CompositionBudget budget, IReadOnlyList<int> experts)
    {
        int[] light = [.. experts.Where(expert =>
            budget.MaxResidentBytes is not { } most || sizes[expert].ResidentBytes <= most)];
        int[] quick = [.. experts.Where(expert =>
            budget.MaxMeanActiveParameters is not { } most || sizes[expert].ActiveParameters <= most)];
        if (light.Intersect(quick).Any())
            return;

        List<string> sentences = [];
        if (budget.MaxResidentBytes is { } bytes && quick.Length > 0)
            sentences.Add($"No expert fits {Amount.Bytes(bytes)} of resident memory" +
                $"{(budget.MaxMeanActiveParameters is { } kept ? $" at {Amount.Parameters(kept)} mean active parameters" : "")}: " +
                $"the smallest budget that works is {Smallest(quick)}.");
        if (budget.MaxMeanActiveParameters is { } active && light.Length > 0)
            sentences.Add($"No expert fits {Amount.Parameters(active)} mean active parameters" +
                $"{(budget.MaxResidentBytes is { } kept ? $" within {Amount.Bytes(kept)} of resident memory" : "")}: " +
                $"the smallest budget that works is {Quickest(light)}.");
        if (sentences.Count == 0)
            sentences.Add("Neither budget fits any expert: the smallest that work are " +
                $"{Smallest(experts)} or {Quickest(experts)}, each with what that expert takes of the other.");
        throw new CompositionException(string.Join(' ', sentences));

        string Smallest(IReadOnlyList<int> among)
        {
            int expert = among.MinBy(expert => sizes[expert].ResidentBytes);
            return $"{sizes[expert].ResidentBytes} bytes ({scores.Experts[expert]})";
        }

        string Quickest(IReadOnlyList<int> among)
        {
            int expert = among.MinBy(expert => sizes[expert].ActiveParameters);
            return $"{sizes[expert].ActiveParameters} active parameters ({scores.Experts[expert]})";
        }
    }
}
