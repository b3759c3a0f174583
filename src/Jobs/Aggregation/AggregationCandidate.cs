using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Jobs.Aggregation;

/// <summary>An expert that may become the aggregator.</summary>
/// <param name="Fingerprint">Another one when its file, its adapter or how it is asked has changed.</param>
/// <param name="Parameters">Weights of its model; null where that is not known.</param>
public sealed record AggregationCandidate(IExpert Expert, ExpertPurpose Purpose, string Fingerprint, long? Parameters);
