using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Loading.Experts;

/// <summary>
/// Normally distributed halves, drawn once; every tensor takes a part of them, from a place drawn for it. Writing gigabytes
/// then costs no more than the disk.
/// </summary>
sealed class WeightBlock
{
    const int Length = 1 << 22;
    const double Deviation = 0.03;

    readonly Half[] _values = new Half[Length];

    public WeightBlock(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            _values[i] = (Half)(Deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }

    /// <summary>The bytes of a tensor, as many as its shape has.</summary>
    public ReadOnlySpan<byte> Take(TensorShape tensor, Random place)
    {
        if (tensor.IsNorm)
            return MemoryMarshal.AsBytes<float>(Enumerable.Repeat(1f, tensor.Inputs).ToArray());
        int count = tensor.Inputs * tensor.Rows!.Value;
        ReadOnlySpan<Half> values = _values.AsSpan(place.Next(Length - count), count);
        return MemoryMarshal.AsBytes(tensor.Name == "output.weight" ? OnlyWritten(values, tensor.Inputs) : values);
    }

    static ReadOnlySpan<Half> OnlyWritten(ReadOnlySpan<Half> values, int inputs)
    {
        Half[] kept = values.ToArray();
        for (int token = 0; token < ExpertShape.Vocabulary; token++)
        {
            if (!ExpertShape.IsWritten(token))
                Array.Clear(kept, token * inputs, inputs);
        }
        return kept;
    }
}
