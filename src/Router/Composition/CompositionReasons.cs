namespace Orchestrator.Router.Composition;

/// <summary>Turns a found assignment into the map with its reasons.</summary>
static class CompositionReasons
{
    public static CompositionMap Explain(CompositionProblem problem, Assignment best)
    {
        CategoryScores scores = problem.Scores;
        int[] experts = [.. best.Experts.Select(expert => problem.Experts[expert])];
        ExpertSize[] resident = [.. experts.Distinct().Select(expert => problem.Sizes[expert])];
        bool allBytes = resident.All(size => size.ResidentBytes is not null);
        bool allActive = resident.All(size => size.ActiveParameters is not null);
        var map = new CompositionMap
        {
            Choices = [.. experts.Select((expert, category) => new CategoryChoice(
                scores.Categories[category], scores.Shares[category], scores.Experts[expert],
                scores.Values[category][expert], scores.Counts[category][expert]))],
            Quality = best.Quality,
            Gap = best.Slack,
            ResidentBytes = allBytes ? resident.Sum(size => size.ResidentBytes) : null,
            MeanActiveParameters = allActive
                ? experts.Select((expert, category) => scores.Shares[category] * problem.Sizes[expert].ActiveParameters).Sum()
                : null,
            Reasons = [],
        };
        return map with
        {
            Reasons = [Overall(problem, map), Price(problem, map), .. Gap(map), .. map.Choices.Select(Choice), .. problem.Excluded],
        };
    }

    static string Overall(CompositionProblem problem, CompositionMap map)
    {
        string bytes = problem.Budget.MaxResidentBytes is { } most ? $", within the budget of {Amount.Bytes(most)}" : "";
        string active = problem.Budget.MaxMeanActiveParameters is { } limit ? $", within the budget of {Amount.Parameters(limit)}" : "";
        return $"{Plural(map.Choices.Count, "category", "categories")} answered by " +
            $"{Plural(map.Resident.Count, "resident expert", "resident experts")} ({string.Join(", ", map.Resident)}): expected score " +
            $"{map.Quality:0.000}, {Amount.Bytes(map.ResidentBytes)} resident{bytes}, " +
            $"{Amount.Parameters(map.MeanActiveParameters)} mean active parameters{active}.";
    }

    static string Price(CompositionProblem problem, CompositionMap map)
    {
        CategoryScores scores = problem.Scores;
        int[] scored = [.. Enumerable.Range(0, scores.Experts.Count).Where(expert => !double.IsNaN(scores.Means[expert]))];
        double free = scores.Shares.Select((share, category) => share * scored.Max(expert => scores.Values[category][expert])).Sum();
        (string name, double alone) = problem.Experts.Where(Alone).Select(expert => (scores.Experts[expert],
            scores.Shares.Select((share, category) => share * scores.Values[category][expert]).Sum())).MaxBy(single => single.Item2);
        return $"Without budgets the best map would be expected to score {free:0.000}; " +
            $"the best single expert within them, {name}, {alone:0.000}.";

        bool Alone(int expert) =>
            problem.Budget.MaxMeanActiveParameters is not { } most || problem.Sizes[expert].ActiveParameters <= most;
    }

    static IEnumerable<string> Gap(CompositionMap map) => map.Gap > 0
        ? [$"The search is not exhaustive: no map within the budgets is more than {map.Gap:0.0000} better."]
        : [];

    static string Choice(CategoryChoice choice) =>
        $"{choice.Category} ({choice.Share:0.0%} of the questions): {choice.Expert}, expected score {choice.Value:0.000} " +
        $"from {choice.Count:0.#} outcomes, shrunk toward its mean.";

    static string Plural(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
