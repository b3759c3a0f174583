namespace Orchestrator.Router.Composition;

/// <summary>What an expert takes; null is unknown, which is never 0.</summary>
/// <param name="ResidentBytes">Bytes of memory while it is loaded.</param>
/// <param name="ActiveParameters">Parameters that each token passes through.</param>
sealed record ExpertSize(long? ResidentBytes = null, long? ActiveParameters = null);

/// <summary>What a composition may take; null is no limit.</summary>
/// <param name="MaxResidentBytes">Bytes of memory of all experts that answer some category, together.</param>
/// <param name="MaxMeanActiveParameters">Active parameters, averaged over the questions.</param>
sealed record CompositionBudget(long? MaxResidentBytes = null, double? MaxMeanActiveParameters = null);

/// <summary>No composition can be chosen; the message says why and, for a budget, the smallest that works.</summary>
sealed class CompositionException(string message) : Exception(message);
