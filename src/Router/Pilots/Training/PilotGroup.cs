using System.Numerics.Tensors;
using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Pilots.Training;

/// <summary>The queries of one domain that count for one expert.</summary>
/// <param name="Expert">Its place among the experts.</param>
sealed record PilotGroup(string Domain, int Expert, float[][] Vectors)
{
    /// <summary>By domain in the order of the samples, and within one by expert; groups that are too small, and vectors of zeros, are left out.</summary>
    public static IEnumerable<PilotGroup> Of(IReadOnlyList<PilotSample> samples, PilotTrainingOptions options)
    {
        int?[] labels = PilotLabelling.Of(samples, options);
        return samples.Zip(labels).GroupBy(pair => pair.First.Domain, StringComparer.Ordinal).SelectMany(domain => domain
            .Where(pair => pair.Second is not null && TensorPrimitives.SumOfSquares<float>(pair.First.Vector) > 0).GroupBy(pair => pair.Second!.Value).OrderBy(winner => winner.Key)
            .Select(winner => new PilotGroup(domain.Key, winner.Key, [.. winner.Select(pair => pair.First.Vector)]))
            .Where(group => group.Vectors.Length >= options.LeastQueries));
    }

    /// <summary>Every group begins with the same seed, so that one more leaves the others as they were.</summary>
    public KMeans Centres(PilotTrainingOptions options) => KMeans.Fit(Vectors, options.Clusters, options.Seed);
}
