namespace Orchestrator.Client.Wire;

/// <summary>Of <c>POST /v1/evaluations</c>.</summary>
sealed record EvaluationBody(string Model, IReadOnlyList<LabelledQuestion> Questions);

/// <param name="Grader">Null is the service's default, <c>final</c>.</param>
sealed record LabelledQuestion(string? Id, string Question, string Reference, string? Grader, IReadOnlyList<string>? Options);

sealed record EvaluationReply(
    string Model, double? Score, int Right, int Questions, int Failed, int Ungraded, IReadOnlyList<EvaluatedItem> Results);

sealed record EvaluatedItem(string Id, bool? Right, string? Expert, string? Answer, string? Note, ErrorFacts? Error);
