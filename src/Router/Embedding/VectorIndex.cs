using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Orchestrator.Router.Embedding;

/// <summary>A vector of an index that is near another.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Neighbour(int Row, float Cosine)
{
    /// <summary>0 (the same direction) … 1.</summary>
    public double Distance => Math.Clamp(1.0 - Cosine, 0, 1);
}

/// <summary>Finds the most similar of many unit vectors.</summary>
sealed class VectorIndex(IReadOnlyList<float[]> vectors)
{
    public int Count => vectors.Count;

    /// <returns>One cosine for each vector, in their order.</returns>
    public float[] Cosines(ReadOnlySpan<float> vector)
    {
        var cosines = new float[vectors.Count];
        for (int row = 0; row < cosines.Length; row++)
            cosines[row] = TensorPrimitives.Dot(vectors[row], vector);
        return cosines;
    }

    /// <returns>The nearest first, the lower row of equals; fewer where there are fewer.</returns>
    public IReadOnlyList<Neighbour> Nearest(ReadOnlySpan<float> vector, int count) =>
    [
        .. Cosines(vector).Select((cosine, row) => new Neighbour(row, cosine))
            .OrderByDescending(neighbour => neighbour.Cosine).ThenBy(neighbour => neighbour.Row).Take(count),
    ];
}
