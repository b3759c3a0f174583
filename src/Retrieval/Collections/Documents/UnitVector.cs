using System.Numerics.Tensors;

namespace Orchestrator.Retrieval.Collections.Documents;

/// <summary>Vectors are compared by cosine, so only their direction is kept.</summary>
static class UnitVector
{
    /// <param name="what">Whose vector it is, for the message.</param>
    /// <exception cref="CollectionException">It has another length, no direction, or something that is no number.</exception>
    public static float[] Of(float[] vector, int dimensions, string what)
    {
        if (vector.Length != dimensions)
            throw Invalid($"The vector of {what} has {vector.Length} dimensions, this collection's have {dimensions}.");
        // Summed in double: a long vector of large numbers must not become infinite.
        double norm = Math.Sqrt(vector.Sum(value => (double)value * value));
        if (!double.IsFinite(norm))
            throw Invalid($"The vector of {what} has a value that is no finite number.");
        if (norm < 1e-30)
            throw Invalid($"The vector of {what} is zero and has no direction.");
        var unit = new float[vector.Length];
        if (norm is > 1e-12 and < 1e12)
            TensorPrimitives.Divide(vector, (float)norm, unit);
        else
            for (int i = 0; i < unit.Length; i++) unit[i] = (float)(vector[i] / norm);
        return unit;
    }

    static CollectionException Invalid(string message) => new(CollectionFailure.Invalid, message);
}
