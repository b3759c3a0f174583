namespace Orchestrator.Bench.Loading.Experts;

/// <summary>ggml's numbers of the types in use.</summary>
enum TensorType
{
    F32 = 0,
    F16 = 1,

    /// <summary>Q8_0: blocks of a half, the scale, and 32 signed bytes.</summary>
    Q8 = 8,

    /// <summary>The upper half of a float.</summary>
    BF16 = 30,
}

static class TensorTypes
{
    /// <summary>As llama.cpp writes it.</summary>
    public static string Name(this TensorType type) => type == TensorType.Q8 ? "q8_0" : type.ToString().ToLowerInvariant();
}

/// <param name="Inputs">The fastest dimension.</param>
/// <param name="Rows">Null for a norm, which has one dimension.</param>
sealed record TensorShape(string Name, int Inputs, int? Rows, TensorType Type)
{
    public const int QuantisedBlock = 32;

    public long Count => (long)Inputs * (Rows ?? 1);

    public long Bytes => Type switch
    {
        TensorType.F32 => Count * sizeof(float),
        TensorType.F16 or TensorType.BF16 => Count * sizeof(ushort),
        _ => Count / QuantisedBlock * (QuantisedBlock + sizeof(ushort)),
    };
}
