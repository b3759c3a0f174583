using System.Numerics.Tensors;

namespace Orchestrator.Bench.Routing.Speed;

/// <summary>
/// Unit vectors as embedded questions are: around centres, and around each in few directions, so that a vector has real
/// neighbours; with a little noise in all of them.
/// </summary>
sealed class ClusteredVectors
{
    const int Clusters = 400;
    const int Directions = 12;
    const float Spread = 0.25f;
    const float Noise = 0.2f;

    readonly int _dimensions;
    readonly float[][] _centres;
    readonly float[][][] _directions;

    public ClusteredVectors(int dimensions, int seed)
    {
        _dimensions = dimensions;
        var random = new Random(seed);
        _centres = [.. Enumerable.Range(0, Clusters).Select(_ => Unit(random))];
        _directions = [.. _centres.Select(_ => Enumerable.Range(0, Directions).Select(_ => Unit(random)).ToArray())];
    }

    /// <summary>Drawn as they are enumerated.</summary>
    public IEnumerable<float[]> Draw(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return Draw(random);
    }

    float[] Draw(Random random)
    {
        int cluster = random.Next(Clusters);
        float[] vector = Unit(random);
        TensorPrimitives.MultiplyAdd(vector, Noise, _centres[cluster], vector);
        foreach (float[] direction in _directions[cluster])
            TensorPrimitives.MultiplyAdd(direction, Spread * ((random.NextSingle() * 2) - 1) * 2, vector, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    float[] Unit(Random random)
    {
        var vector = new float[_dimensions];
        for (int i = 0; i < vector.Length; i++)
            vector[i] = random.NextSingle() - 0.5f;
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
