using System.Runtime.InteropServices;

namespace Orchestrator.Router.Embedding;

/// <summary>A row of a <see cref="VectorIndex"/> and its cosine with what was searched for.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Neighbour(int Row, float Cosine)
{
    /// <summary>0 (the same direction) … 1.</summary>
    public double Distance => Math.Clamp(1.0 - Cosine, 0, 1);
}
