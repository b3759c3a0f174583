namespace Orchestrator.Jobs.Evaluation.Results;

/// <summary>Lines that are not what a result file has: all of them, each with its number.</summary>
public sealed class ResultFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems));
