namespace Orchestrator.Bench.Loading.Traces;

/// <summary>A request of a trace.</summary>
/// <param name="At">Since the trace began.</param>
/// <param name="Expert">Index of the expert.</param>
readonly record struct Arrival(TimeSpan At, int Expert);
