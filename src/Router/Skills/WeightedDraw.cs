using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Skills;

/// <summary>
/// Draws without replacement, each time in proportion to the weights that are left, as a race: expert i arrives at
/// −ln(u_i) / w_i, and the first k are drawn. u_i depends on seed, question and expert only, so that the same question gets
/// the same panel, and one expert less does not change who else is drawn.
/// </summary>
static class WeightedDraw
{
    /// <returns>At most <paramref name="count"/> experts of weight above 0, in the order drawn.</returns>
    public static IEnumerable<string> Draw(
        IEnumerable<(string Expert, double Weight)> pool, int count, string question, int seed)
    {
        ulong salt = StableHash.Of(question, (ulong)seed);
        return pool.Where(entry => entry.Weight > 0)
            .OrderBy(entry => -Math.Log(Uniform(entry.Expert, salt)) / entry.Weight)
            .ThenBy(entry => entry.Expert, StringComparer.Ordinal)
            .Take(count)
            .Select(entry => entry.Expert);
    }

    /// <returns>A number between 0 and 1, both excluded.</returns>
    static double Uniform(string expert, ulong salt) => ((StableHash.Of(expert, salt) >> 11) + 0.5) * (1.0 / (1UL << 53));
}
