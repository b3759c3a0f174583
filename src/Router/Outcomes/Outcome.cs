using System.Runtime.InteropServices;

namespace Orchestrator.Router.Outcomes;

/// <summary>What one expert made of one question.</summary>
/// <param name="Score">0 (wrong) … 1 (right).</param>
/// <param name="Tokens">Tokens the expert wrote; null where that is not known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Outcome(double Score, int? Tokens)
{
    /// <summary>What the answer cost, in the table's own unit; null where that is not known, never 0 for it.</summary>
    public double? Cost { get; init; }
}
