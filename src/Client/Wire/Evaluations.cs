using System.Text.Json.Serialization;

namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/evaluations</c>.</summary>
sealed record EvaluationBody(string Model, IReadOnlyList<LabelledQuestion> Questions);

/// <param name="Grader">Null is the service's default, <c>final</c>.</param>
sealed record LabelledQuestion(string? Id, string Question, string Reference, string? Grader, IReadOnlyList<string>? Options);

sealed record EvaluationReply(
    string Model, int Right, int Questions, int Failed, int Ungraded, IReadOnlyList<EvaluatedItem> Results, double? Score = null) : IJsonOnDeserialized
{
    public void OnDeserialized() => Items.Check(Results, "results");
}

sealed record EvaluatedItem(
    string Id, bool? Right = null, string? Expert = null, string? Answer = null, string? Note = null, ErrorFacts? Error = null);
