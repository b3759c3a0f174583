using Orchestrator.Router.Categories;
using Orchestrator.Router.Composition;

namespace Orchestrator.Router.Strategies;

/// <summary>What a composition of experts was fitted to: categories, the map, and when the generalist answers.</summary>
sealed class ComposedExperts
{
    readonly int[] _map;
    readonly int _generalist;

    /// <exception cref="CompositionException">No composition fits the budget, or the generalist is unknown.</exception>
    public ComposedExperts(Profile profile, CompositionOptions options)
    {
        Categories = new CategoryModel(profile, options);
        if (Categories.Labels.Names.Count == 0)
        {
            throw new CompositionException(
                $"No profiled question has a {(options.Categories == CategorySource.Skill ? "skill" : "category")}; categories can be found.");
        }
        // Held-out probabilities price the classifier's mistakes in.
        Scores = CategoryScores.From(
            Categories.Labels.Names, profile.Table.Experts, Categories.OutOfFold, profile.Scores, options.Prior);
        Sizes = [.. profile.Facts.Select(facts => new ExpertSize(facts.ResidentBytes, facts.ActiveParameters))];
        Budget = options.Budget;
        Map = CompositionSolver.Solve(Scores, Sizes, Budget);
        _map = [.. Map.Choices.Select(choice => profile.ColumnOf(choice.Expert))];
        _generalist = GeneralistOf(profile, options.Generalist);
        Generalist = profile.Table.Experts[_generalist];
        Floor = options.Floor >= 0 ? options.Floor : FittedFloor(profile, options.Budget.MaxMeanActiveParameters);
    }

    public CategoryModel Categories { get; }

    public CategoryScores Scores { get; }

    public IReadOnlyList<ExpertSize> Sizes { get; }

    public CompositionBudget Budget { get; }

    public CompositionMap Map { get; }

    public string Generalist { get; }

    /// <summary>Probability of the likeliest category up to which the generalist answers.</summary>
    public double Floor { get; }

    /// <returns>The column of the expert that answers.</returns>
    public int ExpertFor(double[] probabilities)
    {
        int category = Likeliest(probabilities);
        return probabilities[category] <= Floor ? _generalist : _map[category];
    }

    public double Expected(double[] probabilities, int column)
    {
        double expected = 0;
        for (int category = 0; category < probabilities.Length; category++)
            expected += probabilities[category] * Scores.Values[category][column];
        return expected;
    }

    public static int Likeliest(double[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());

    int GeneralistOf(Profile profile, string named)
    {
        if (named.Length > 0)
        {
            return profile.Knows(named) ? profile.ColumnOf(named) : throw new CompositionException(
                $"The generalist '{named}' is not among the profiled experts: {string.Join(", ", profile.Table.Experts)}.");
        }
        return _map.Distinct().OrderByDescending(column => profile.Means[column]).ThenBy(column => profile.Table.Experts[column], StringComparer.Ordinal).First();
    }

    /// <summary>
    /// The floor that would have scored best on held-out questions, the lowest of equals: 0 where none helps. The generalist's
    /// calls count toward the budget of active parameters.
    /// </summary>
    double FittedFloor(Profile profile, double? budget)
    {
        var asked = Categories.OutOfFold
            .Select((probabilities, row) => (Sure: probabilities.Max(), Row: row, Mapped: _map[Likeliest(probabilities)]))
            .OrderBy(pair => pair.Sure).ToArray();
        double sum = 0, best = 0, floor = 0;
        double active = asked.Sum(pair => Active(pair.Mapped));
        for (int i = 0; i < asked.Length; i++)
        {
            sum += Gain(profile.Scores[asked[i].Row], asked[i].Mapped);
            active += Active(_generalist) - Active(asked[i].Mapped);
            bool last = i == asked.Length - 1 || asked[i + 1].Sure > asked[i].Sure;
            if (last && sum > best && !(active / asked.Length > budget))
                (best, floor) = (sum, asked[i].Sure);
        }
        return floor;

        double Gain(double[] scores, int mapped) =>
            double.IsNaN(scores[mapped]) || double.IsNaN(scores[_generalist]) ? 0 : scores[_generalist] - scores[mapped];

        // Under a budget only experts of known size are in the map; a generalist of unknown size is no choice then.
        double Active(int column) => Sizes[column].ActiveParameters ?? (budget is null ? 0 : double.PositiveInfinity);
    }
}
