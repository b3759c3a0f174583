using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Strategies;

namespace Orchestrator.Router.Pilots;

/// <summary>Says in sentences why an expert embeds a query.</summary>
static class PilotReasons
{
    public static string Empty(string baseExpert) => $"The base {baseExpert} embeds the query: the library has no pilots.";

    public static string NoDirection(string baseExpert) => $"The base {baseExpert} embeds the query: its vector has no direction.";

    public static string BelowFloor(PilotStanding first, double floor, string baseExpert) =>
        $"The base {baseExpert} embeds the query: {Nearest(first)}, is below the floor of {floor:0.00}.";

    public static string NotAvailable(PilotStanding first, string baseExpert) =>
        $"The base {baseExpert} embeds the query: it is {first.Expert}'s, which is not available, and nobody else proved good at such queries.";

    /// <param name="whyBase">Null when the first of the ranking embeds the query.</param>
    public static IEnumerable<string> Of(string? whyBase, PilotStanding first, PilotRule rule, IReadOnlyList<RankedExpert> ranking)
    {
        string standing = rule == PilotRule.Mean
            ? $"the mean cosine of its pilots ({first.Pilots}) with the query, {first.Score:0.00}, is the highest"
            : $"it has the pilot nearest to the query, at cosine {first.Score:0.00}";
        yield return whyBase ?? $"{first.Expert} embeds the query: {standing}.";
        yield return $"{Nearest(first)}, is the centre of {first.Nearest.Pilot.Queries} queries that {first.Expert} retrieved best for.";
        foreach (string others in Explain.Others(ranking))
            yield return others;
    }

    static string Nearest(PilotStanding first) =>
        $"{first.Expert}'s nearest pilot, of {first.Nearest.Pilot.Domain} at cosine {first.Nearest.Cosine:0.00}";
}
