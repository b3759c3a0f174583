namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/route</c>.</summary>
sealed record QuestionBody(string Model, IReadOnlyList<QuestionTurn> Messages)
{
    public static QuestionBody Of(string model, string question) => new(model, [new QuestionTurn("user", question)]);
}

sealed record QuestionTurn(string Role, string Content);

/// <summary>Of <c>POST /v1/route</c>.</summary>
sealed record PlanReply(
    string Policy, IReadOnlyList<string> Panel, IReadOnlyList<PlannedExpert>? Ranked, double? Confidence, PlanCoverage? Coverage,
    IReadOnlyList<string>? Reasons);

sealed record PlannedExpert(string Expert, double Score);

sealed record PlanCoverage(string Verdict);
