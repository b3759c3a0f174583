namespace Orchestrator.Host.Tools;

/// <summary>Finds the calls in one answer while it is written. Nothing is lost: what turns out to be no call is text.</summary>
/// <param name="Read">Takes what comes next and gives what can be told now; never a part of what may still become a call.</param>
/// <param name="End">What was held back.</param>
sealed record CallReader(Func<string, IReadOnlyList<WrittenPiece>> Read, Func<IReadOnlyList<WrittenPiece>> End);
