using System.Runtime.InteropServices;

namespace Orchestrator.Router.Skills;

/// <summary>What an expert made of the profiled questions that need one skill; a score between 0 and 1 is partly both.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct SkillCount(double Right, double Wrong)
{
    public double Asked => Right + Wrong;

    public SkillCount With(double score) => new(Right + score, Wrong + 1 - score);

    /// <summary>(n⁺ − n⁻) / (n + n₀): −1 (always wrong) … 1 (always right), near 0 where little is known.</summary>
    public double Shrunk(double prior) => (Right - Wrong) / (Asked + prior);
}
