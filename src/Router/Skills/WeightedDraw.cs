using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Skills;

/// <summary>
/// Draws in proportion to weights, as a race: expert i arrives at −ln(u_i) / w_i. Without replacement the first k of one
/// race are drawn, which is each time in proportion to the weights that are left; with replacement the first of each of k
/// races. u_i depends on seed, question, race and expert only, so that the same question gets the same panel, and one expert
/// less does not change who else is drawn.
/// </summary>
static class WeightedDraw
{
    /// <returns>At most <paramref name="count"/> experts of weight above 0, in the order drawn.</returns>
    public static IEnumerable<string> Draw(
        IEnumerable<(string Expert, double Weight)> pool, int count, string question, int seed) =>
        Race(pool, StableHash.Of(question, (ulong)seed)).Take(count);

    /// <returns>As many as asked for, in the order drawn, repeatedly perhaps; none when nobody has a weight above 0.</returns>
    public static IEnumerable<string> DrawRepeatedly(
        IReadOnlyList<(string Expert, double Weight)> pool, int count, string question, int seed)
    {
        ulong salt = StableHash.Of(question, (ulong)seed);
        return Enumerable.Range(0, count).SelectMany(draw => Race(pool, salt + (ulong)draw).Take(1));
    }

    static IEnumerable<string> Race(IEnumerable<(string Expert, double Weight)> pool, ulong salt) =>
        pool.Where(entry => entry.Weight > 0)
            .OrderBy(entry => -Math.Log(Uniform(entry.Expert, salt)) / entry.Weight)
            .ThenBy(entry => entry.Expert, StringComparer.Ordinal)
            .Select(entry => entry.Expert);

    /// <returns>A number between 0 and 1, both excluded.</returns>
    static double Uniform(string expert, ulong salt) => ((StableHash.Of(expert, salt) >> 11) + 0.5) * (1.0 / (1UL << 53));
}
