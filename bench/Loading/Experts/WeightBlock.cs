using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Loading.Experts;

/// <summary>
/// Normally distributed weights, drawn once; every tensor takes a part of them, from a place drawn for it. Writing gigabytes
/// then costs no more than the disk.
/// </summary>
sealed class WeightBlock
{
    const int Length = 1 << 22;
    const double Deviation = 0.03;

    /// <summary>Steps of a quantised weight in one standard deviation, so that four of them fit.</summary>
    const int QuantisedDeviation = sbyte.MaxValue / 4;

    readonly Half[] _values = new Half[Length];
    readonly ushort[] _upperHalves;
    readonly byte[] _quantised;

    public WeightBlock(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            _values[i] = (Half)(Deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
        _upperHalves = [.. _values.Select(value => (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16))];
        _quantised = Quantised(_values);
    }

    /// <summary>The bytes of a tensor, as many as its shape has.</summary>
    public ReadOnlySpan<byte> Take(TensorShape tensor, Random place)
    {
        int count = (int)tensor.Count;
        if (tensor.Type == TensorType.F32)
            return MemoryMarshal.AsBytes<float>(Enumerable.Repeat(1f, count).ToArray());
        if (tensor.Type == TensorType.Q8)
        {
            int block = (int)tensor.Bytes / (count / TensorShape.QuantisedBlock);
            return _quantised.AsSpan(block * place.Next((_quantised.Length - (int)tensor.Bytes) / block), (int)tensor.Bytes);
        }
        if (tensor.Type == TensorType.BF16)
            return MemoryMarshal.AsBytes(_upperHalves.AsSpan(place.Next(Length - count), count));
        ReadOnlySpan<Half> values = _values.AsSpan(place.Next(Length - count), count);
        return MemoryMarshal.AsBytes(tensor.Name == "output.weight" ? OnlyWritten(values, tensor.Inputs) : values);
    }

    static byte[] Quantised(Half[] values)
    {
        const double Step = Deviation / QuantisedDeviation;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        for (int i = 0; i < values.Length; i++)
        {
            if (i % TensorShape.QuantisedBlock == 0)
                writer.Write((Half)Step);
            writer.Write((sbyte)Math.Clamp(Math.Round((double)values[i] / Step), -sbyte.MaxValue, sbyte.MaxValue));
        }
        return stream.ToArray();
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
