using System.Runtime.InteropServices;

namespace Orchestrator.Jobs.Evaluation.Statistics;

/// <summary>Where a value lies with the confidence of the bootstrap.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double Low, double High);
