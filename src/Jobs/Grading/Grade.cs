using System.Runtime.InteropServices;

namespace Orchestrator.Jobs.Grading;

/// <summary>What a grader makes of one answer.</summary>
/// <param name="Score">1 is right, 0 is wrong; null when the grader could not decide, which is neither.</param>
/// <param name="Note">Why it could not decide; null otherwise.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Grade(double? Score, string? Note = null)
{
    public static Grade Of(bool isRight) => new(isRight ? 1 : 0);

    public static Grade Undecided(string note) => new(null, note);
}
