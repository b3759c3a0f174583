using System.Numerics.Tensors;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;

namespace Orchestrator.Router.Pilots;

/// <summary>
/// The pilots of all experts of one space: what a query is compared with, as the base expert embeds it, to find the expert
/// that embeds it for the search. Never changes; <see cref="With"/> and <see cref="Without"/> make others that share the rest.
/// </summary>
public sealed class PilotLibrary
{
    /// <summary>How far a pilot's length may be from 1: what single precision and a text file leave.</summary>
    const float Rounding = 1e-3f;

    /// <param name="space">Where the vectors live; queries of another space are not comparable.</param>
    /// <param name="baseExpert">Who embeds the queries that are routed, and stands in for everybody.</param>
    /// <param name="pilots">Unit vectors of equal dimensions.</param>
    /// <exception cref="ArgumentException">A pilot is not of length 1, without a name, or of other dimensions; all are named.</exception>
    public PilotLibrary(string space, string baseExpert, IReadOnlyList<Pilot> pilots)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(space);
        ArgumentException.ThrowIfNullOrWhiteSpace(baseExpert);
        ArgumentNullException.ThrowIfNull(pilots);
        string[] problems = [.. pilots.SelectMany((pilot, i) => ProblemsOf(pilot, pilots[0].Vector.Length).Select(problem => $"pilot {i + 1} {problem}"))];
        if (problems.Length > 0)
            throw new ArgumentException(string.Join('\n', problems), nameof(pilots));
        (Space, Base, Pilots) = (space, baseExpert, pilots);
    }

    public string Space { get; }

    public string Base { get; }

    public IReadOnlyList<Pilot> Pilots { get; }

    /// <summary>Least cosine with a pilot that was found to tell its own queries from strangers; null where none was.</summary>
    public double? Floor { get; init; }

    /// <summary>Of every vector; 0 when there are no pilots.</summary>
    public int Dimensions => Pilots.Count > 0 ? Pilots[0].Vector.Length : 0;

    /// <summary>Experts that have pilots.</summary>
    public IEnumerable<string> Experts => Pilots.Select(pilot => pilot.Expert).Distinct(StringComparer.Ordinal);

    /// <summary>What is wrong with a pilot, in words that follow its name.</summary>
    internal static IEnumerable<string> ProblemsOf(Pilot pilot, int dimensions)
    {
        if (string.IsNullOrWhiteSpace(pilot.Domain)) yield return "has no domain";
        if (string.IsNullOrWhiteSpace(pilot.Expert)) yield return "has no expert";
        if (pilot.Queries < 1) yield return $"stands for {pilot.Queries} queries, but must for at least 1";
        if (pilot.Vector.Length != dimensions)
            yield return $"has {pilot.Vector.Length} dimensions, but the first one has {dimensions}";
        else if (TensorPrimitives.Norm<float>(pilot.Vector) is var length && !(Math.Abs(length - 1) <= Rounding))
            yield return $"has length {length:0.####}, but must have length 1";
    }

    /// <summary>The pilots of one expert in place of those that it had; those of all others stay the very same.</summary>
    /// <exception cref="ArgumentException">A pilot is another expert's, or as for the constructor.</exception>
    public PilotLibrary With(string expert, IReadOnlyList<Pilot> pilots)
    {
        ArgumentNullException.ThrowIfNull(pilots);
        return pilots.FirstOrDefault(pilot => pilot.Expert != expert) is { } other
            ? throw new ArgumentException($"A pilot of '{other.Expert}' was given as one of '{expert}'.", nameof(pilots))
            : new PilotLibrary(Space, Base, [.. Pilots.Where(pilot => pilot.Expert != expert), .. pilots]) { Floor = Floor };
    }

    /// <summary>
    /// Nothing is routed to the expert any more, and its queries go to whoever has the next pilots. An expert that is merely
    /// not available keeps its pilots: the base then answers for it.
    /// </summary>
    public PilotLibrary Without(string expert) => With(expert, []);

    /// <summary>The same pilots with another floor.</summary>
    public PilotLibrary WithFloor(double? floor) => new(Space, Base, Pilots) { Floor = floor };

    /// <param name="query">As the base expert embeds it; of any length.</param>
    /// <param name="available">Experts that could embed it; the base always can.</param>
    /// <exception cref="ArgumentException">The query has other dimensions than the pilots.</exception>
    public EmbeddingRoute Route(ReadOnlySpan<float> query, PilotOptions options, IReadOnlyCollection<string> available)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(available);
        if (Pilots.Count == 0)
            return new EmbeddingRoute(Base, null, 0, Fallback: true, [], [PilotReasons.Empty(Base)]);
        if (query.Length != Dimensions)
            throw new ArgumentException($"The query has {query.Length} dimensions, the pilots {Dimensions}.", nameof(query));
        if (TensorPrimitives.Norm(query) is not (> 0 and < float.PositiveInfinity))
            return new EmbeddingRoute(Base, null, 0, Fallback: true, [], [PilotReasons.NoDirection(Base)]);
        PilotStanding[] standings = Standings(query, options.Rule);
        PilotStanding first = standings[0];
        double? floor = options.Floor ?? Floor;
        string? whyBase = first.Nearest.Cosine < floor ? PilotReasons.BelowFloor(first, floor.Value, Base)
            : first.Expert != Base && !available.Contains(first.Expert) ? PilotReasons.NotAvailable(first, Base)
            : null;
        RankedExpert[] ranking = [.. standings.Select(standing => new RankedExpert(standing.Expert, standing.Score, standing.Queries))];
        return new EmbeddingRoute(
            whyBase is null ? first.Expert : Base, first.Nearest.Pilot.Domain, first.Nearest.Cosine, whyBase is not null, ranking,
            [.. PilotReasons.Of(whyBase, first, options.Rule, ranking)]);
    }

    /// <summary>
    /// Best first. Equal ones go to the expert whose pilots were added last: an expert that wins a whole group from another has
    /// the very same centre, and won it. (The released code gives ties to the expert that happens to be listed first.)
    /// </summary>
    PilotStanding[] Standings(ReadOnlySpan<float> query, PilotRule rule)
    {
        var near = new List<NearPilot>(Pilots.Count);
        foreach (Pilot pilot in Pilots)
            near.Add(new NearPilot(pilot, TensorPrimitives.CosineSimilarity(query, pilot.Vector)));
        return
        [
            .. near.GroupBy(pilot => pilot.Pilot.Expert, StringComparer.Ordinal)
                .Select(pilots => PilotStanding.Of(pilots.Key, [.. pilots], rule))
                .Reverse().OrderByDescending(standing => standing.Score),
        ];
    }
}
