namespace Orchestrator.Client.Plugin.Results;

/// <param name="Score">0 to 1: the share of right answers among those that could be graded; failed ones are wrong.</param>
sealed record EvaluationResult(string Policy, double? Score, int Right, int Questions, int Failed, IReadOnlyList<GradedAnswer> Results)
{
    public int? Ungraded { get; init; }

    public string? LeftOut { get; init; }
}

/// <param name="Right">Null where the grader could not decide.</param>
/// <param name="Answer">Its beginning.</param>
sealed record GradedAnswer(string Id, bool? Right, string? Expert, string? Answer, string? Problem);
