using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Pilots.Training;

/// <summary>
/// Makes pilots of queries with scores: each query counts for the expert that retrieved best for it, and the centres of each
/// group of one domain and one winner are pilots of that winner. Nothing is trained by gradient, so another expert costs its
/// scores alone.
/// </summary>
public static class PilotTraining
{
    /// <param name="experts">The base first, then as they are configured: so ties are broken.</param>
    /// <param name="samples">With a score for each of them.</param>
    /// <exception cref="ArgumentException">There are no samples, or one has another number of scores.</exception>
    public static PilotLibrary Fit(
        string space, IReadOnlyList<string> experts, IReadOnlyList<PilotSample> samples, PilotTrainingOptions options)
    {
        Check(experts, samples);
        ArgumentNullException.ThrowIfNull(options);
        return new PilotLibrary(space, experts[0], Pilots(experts, samples, options, expert: null)) { Floor = PilotFloor.Of(samples, options) };
    }

    /// <summary>
    /// The library with the pilots that an expert gets for the queries that it wins among all; those of the others stay as
    /// they are, although they were made when they still counted these queries.
    /// </summary>
    /// <param name="experts">The base first.</param>
    /// <exception cref="ArgumentException">As for <see cref="Fit"/>, or the expert is none of them.</exception>
    public static PilotLibrary Add(
        PilotLibrary library, string expert, IReadOnlyList<string> experts, IReadOnlyList<PilotSample> samples, PilotTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(library);
        Check(experts, samples);
        return experts.Contains(expert)
            ? library.With(expert, Pilots(experts, samples, options, expert))
            : throw new ArgumentException($"'{expert}' is not among {string.Join(", ", experts)}.", nameof(expert));
    }

    /// <param name="expert">Only its pilots; null makes all.</param>
    static Pilot[] Pilots(IReadOnlyList<string> experts, IReadOnlyList<PilotSample> samples, PilotTrainingOptions options, string? expert) =>
    [
        .. PilotGroup.Of(samples, options).Where(group => expert is null || experts[group.Expert] == expert).SelectMany(group =>
        {
            KMeans means = group.Centres(options);
            int[] sizes = [.. means.Centroids.Select((_, cluster) => means.Assignment.Count(assigned => assigned == cluster))];
            return means.Centroids.Select((centre, cluster) => new Pilot(group.Domain, experts[group.Expert], centre, sizes[cluster]))
                .Where(pilot => pilot.Queries > 0);
        }),
    ];

    static void Check(IReadOnlyList<string> experts, IReadOnlyList<PilotSample> samples)
    {
        ArgumentNullException.ThrowIfNull(experts);
        ArgumentNullException.ThrowIfNull(samples);
        if (experts.Count == 0 || samples.Count == 0)
            throw new ArgumentException("Pilots need at least one expert and one query with scores.", nameof(samples));
        if (samples.FirstOrDefault(sample => sample.Scores.Count != experts.Count) is { } uneven)
            throw new ArgumentException($"A query has {uneven.Scores.Count} scores, but there are {experts.Count} experts.", nameof(samples));
    }
}
