using System.ComponentModel.DataAnnotations;
using Orchestrator.Router.Composition;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Strategies;

/// <summary>Options of the strategy <c>tryage</c>: its weights where a request gives none.</summary>
sealed record TryageOptions
{
    /// <summary>What the pool's whole spread of parameters is worth, in expected score.</summary>
    [Range(0.0, 100.0)]
    public double Size { get; init; }

    /// <summary>The same for the work of an answer, its length times the parameters.</summary>
    [Range(0.0, 100.0)]
    public double Latency { get; init; }

    /// <summary>The same for the cost of an answer.</summary>
    [Range(0.0, 100.0)]
    public double Cost { get; init; }

    /// <summary>The same for the age.</summary>
    [Range(0.0, 100.0)]
    public double Recency { get; init; }
}

/// <summary>
/// Tryage's objective: the least of predicted loss + Σ λ · constraint, with weights that a request may set. The loss is what
/// <c>ridge</c> predicts. An unknown value is charged the pool's mean, never 0; a licence that is asked for must be known.
/// </summary>
sealed class TryageStrategy(Profile profile, TryageOptions options) : IRoutingStrategy
{
    readonly ScoringStrategy _scores = RidgeStrategy.Shared(profile);

    public void Warm() => _scores.Warm();

    public Ranking Rank(ProfiledQuestion question, IReadOnlySet<string> experts)
    {
        var expected = new double[profile.Table.Experts.Count];
        _scores.Expect(question, expected);
        RouteWishes wishes = question.Wishes ?? new RouteWishes();
        RoutingConstraint[] constraints = [.. Constraints(wishes).Where(constraint => constraint.Weight > 0)];
        int[] columns = [.. experts.Select(profile.ColumnOf)];
        int[] allowed = [.. columns.Where(column => IsAllowed(wishes, column))];
        // Nobody with that licence is no reason for no answer; the plan says so.
        int[] pool = [.. (allowed.Length > 0 ? allowed : columns).OrderBy(column => profile.Table.Experts[column], StringComparer.Ordinal)];
        IReadOnlyList<ConstrainedChoice> choices = ConstrainedLoss.Rank(
            [.. pool.Select(column => 1 - expected[column])],
            [.. constraints.Select(constraint => constraint with { Values = [.. pool.Select(column => constraint.Values[column])] })]);
        RankedExpert[] ranked = [.. choices.Select(choice => Ranked(pool[choice.Expert], 1 - choice.Objective))];
        IEnumerable<RankedExpert> rest = Ranking.Order(columns.Except(pool).Select(column => Ranked(column, 0)));
        double best = expected[profile.ColumnOf(ranked[0].Expert)];
        return new Ranking([.. ranked, .. rest], _scores.Calibration?.At(best) ?? Math.Clamp(best, 0, 1),
        [
            $"{ranked[0].Expert} is expected to score {best:0.00}; {Told(constraints)}.",
            .. wishes.Licences is { } licences ? [Licensed(licences, allowed.Length, columns.Length)] : Array.Empty<string>(),
            .. choices[0].Reasons.Select(reason => $"{ranked[0].Expert}: {reason}"),
            .. Explain.Others(ranked),
        ]);
    }

    IEnumerable<RoutingConstraint> Constraints(RouteWishes wishes)
    {
        IReadOnlyList<ExpertFacts> facts = profile.Facts;
        yield return new("size", wishes.Size ?? options.Size, [.. facts.Select(fact => (double?)fact.ActiveParameters)]);
        yield return new("latency", wishes.Latency ?? options.Latency, [.. facts.Select((fact, column) => fact.ActiveParameters * profile.Tokens[column])]);
        yield return new("cost", wishes.Cost ?? options.Cost, profile.Costs);
        yield return new("recency", wishes.Recency ?? options.Recency, [.. facts.Select(fact => -(double?)fact.Released?.DayNumber)]);
    }

    bool IsAllowed(RouteWishes wishes, int column) => wishes.Licences is not { } licences
        || (profile.Facts[column].Licence is { } licence && licences.Contains(licence, StringComparer.OrdinalIgnoreCase));

    /// <summary>Scores are the objective turned round, so that more is better.</summary>
    RankedExpert Ranked(int column, double score) =>
        new(profile.Table.Experts[column], Math.Clamp(score, 0, 1), profile.Answered[column]);

    static string Told(RoutingConstraint[] constraints) => constraints.Length == 0
        ? "nothing else was weighed"
        : "weighed with " + string.Join(", ", constraints.Select(constraint => $"{constraint.Name} at {constraint.Weight:0.##}"));

    static string Licensed(IReadOnlyList<string> licences, int allowed, int all) => allowed > 0
        ? $"Only {allowed} of {all} experts are known to have the licence {string.Join(" or ", licences)}."
        : $"No expert is known to have the licence {string.Join(" or ", licences)}, so all were considered.";
}
