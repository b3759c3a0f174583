namespace Orchestrator.Host.Tools;

/// <summary>Finds the calls in one answer while it is written. Nothing is lost: what turns out to be no call is text.</summary>
interface ICallReader
{
    /// <returns>What can be told now; never a part of what may still become a call.</returns>
    IReadOnlyList<WrittenPiece> Read(string text);

    /// <returns>What was held back.</returns>
    IReadOnlyList<WrittenPiece> End();
}
