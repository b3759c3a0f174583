namespace Orchestrator.Jobs.Messages;

/// <summary>A worker is done with an <see cref="AnswerGroup"/>: what it found out is in the store.</summary>
/// <param name="Id">Of the command.</param>
/// <param name="Problem">Why calls of it are still open; null when all went well.</param>
/// <param name="MayPass">Whether the problem is the surroundings', such as a full disk, and not a bug.</param>
public sealed record GroupAnswered(Guid Id, string Job, string? Problem, bool MayPass);
