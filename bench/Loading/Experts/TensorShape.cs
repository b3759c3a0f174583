namespace Orchestrator.Bench.Loading.Experts;

/// <param name="Inputs">The fastest dimension.</param>
/// <param name="Rows">Null for a norm, which has one dimension and is kept in F32; others are F16.</param>
sealed record TensorShape(string Name, int Inputs, int? Rows)
{
    public bool IsNorm => Rows is null;

    public long Bytes => IsNorm ? Inputs * sizeof(float) : (long)Inputs * Rows!.Value * sizeof(ushort);
}
