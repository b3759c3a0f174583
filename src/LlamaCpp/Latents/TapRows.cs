using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Latents;

/// <summary>Where the tokens of one sequence lie in a step; they follow one another.</summary>
/// <param name="Position">Of its first token.</param>
/// <param name="FirstToken">Tokens of the batch before it.</param>
/// <param name="FirstOutput">Outputs of the batch before it: its row at the last depth, which has rows of outputs alone.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct TapRows(int Position, int FirstToken, int FirstOutput, int Count);
