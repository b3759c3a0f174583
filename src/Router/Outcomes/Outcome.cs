using System.Runtime.InteropServices;

namespace Orchestrator.Router.Outcomes;

/// <summary>What one expert made of one question.</summary>
/// <param name="Score">0 (wrong) … 1 (right).</param>
/// <param name="Tokens">Tokens the expert wrote.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Outcome(double Score, int Tokens);
