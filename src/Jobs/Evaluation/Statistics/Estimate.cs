using System.Runtime.InteropServices;

namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>A value measured on the questions, and how far chance in drawing them may have moved it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Estimate(double Value, Interval Range);
