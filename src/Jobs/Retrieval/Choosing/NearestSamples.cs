using System.Numerics.Tensors;
using Orchestrator.Router.Pilots.Training;

namespace Orchestrator.Jobs.Retrieval.Choosing;

/// <summary>A router to compare with: the expert with the best mean score over the queries with scores that are nearest.</summary>
/// <param name="experts">The base first: ties go to the first.</param>
public sealed class NearestSamples(IReadOnlyList<string> experts, IReadOnlyList<PilotSample> samples, int neighbours)
{
    static readonly int[] Grid = [4, 8, 16, 32, 64];

    public int Neighbours => neighbours;

    /// <summary>With the number of neighbours that chooses best for the samples themselves, each left out of its own.</summary>
    public static NearestSamples Fit(IReadOnlyList<string> experts, IReadOnlyList<PilotSample> samples) =>
        Grid.Select(count => new NearestSamples(experts, samples, count))
            .MaxBy(candidate => Math.Round(samples.Index().Average(sample =>
                sample.Item.Scores[candidate.Best(sample.Item.Vector, sample.Index)] ?? 0), 4))!;

    public string Choose(ReadOnlySpan<float> query) => experts[Best(query, leftOut: -1)];

    int Best(ReadOnlySpan<float> query, int leftOut)
    {
        var cosines = new float[samples.Count];
        for (int i = 0; i < cosines.Length; i++)
            cosines[i] = i == leftOut ? float.NegativeInfinity : TensorPrimitives.CosineSimilarity(query, samples[i].Vector);
        int[] places = [.. Enumerable.Range(0, cosines.Length)];
        Array.Sort(places, (left, right) => cosines[left] != cosines[right] ? cosines[right].CompareTo(cosines[left]) : left.CompareTo(right));
        PilotSample[] near = [.. places.Where(place => place != leftOut).Take(neighbours).Select(place => samples[place])];
        double[] means = [.. experts.Select((_, expert) => near.Average(sample => sample.Scores[expert]) ?? 0)];
        return Array.IndexOf(means, means.Max());
    }
}
