namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/route</c>.</summary>
sealed record PlanReply(
    string Policy, IReadOnlyList<string> Panel, IReadOnlyList<PlannedExpert>? Ranked, double? Confidence, PlanCoverage? Coverage,
    IReadOnlyList<string>? Reasons);

sealed record PlannedExpert(string Expert, double Score);

sealed record PlanCoverage(string Verdict);
