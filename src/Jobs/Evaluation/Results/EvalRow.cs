namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>One question of a result.</summary>
/// <param name="Scores">By column, 0…1; null where the grader could not decide.</param>
/// <param name="Answers">By policy or expert.</param>
public sealed record EvalRow(
    string Id, IReadOnlyList<string> Skills, IReadOnlyDictionary<string, double?> Scores,
    IReadOnlyDictionary<string, EvalAnswer> Answers);

/// <summary>What one arm answered.</summary>
/// <param name="Tokens">Read and written.</param>
/// <param name="Panel">Who was asked.</param>
/// <param name="Note">Why there is no answer, or no score; null otherwise.</param>
public sealed record EvalAnswer(string Text, double? Score, int Calls, long Tokens, IReadOnlyList<string> Panel, string? Note);
