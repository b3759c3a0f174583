using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/route</c>.</summary>
sealed record QuestionBody(string Model, IReadOnlyList<QuestionTurn> Messages)
{
    public static QuestionBody Of(string model, string question) => new(model, [new QuestionTurn("user", question)]);
}

sealed record QuestionTurn(string Role, string Content);

/// <summary>Of <c>POST /v1/route</c>.</summary>
sealed record PlanReply(
    string Policy,
    IReadOnlyList<string> Panel,
    IReadOnlyList<PlannedExpert>? Ranked = null,
    double? Confidence = null,
    PlanCoverage? Coverage = null,
    IReadOnlyList<string>? Reasons = null) : IJsonOnDeserialized
{
    public void OnDeserialized()
    {
        Items.Check(Panel, "panel");
        Items.Check(Ranked, "ranked");
        Items.Check(Reasons, "reasons");
    }
}

sealed record PlannedExpert(string Expert, double Score);

sealed record PlanCoverage(string Verdict);
