namespace Orchestrator.Jobs.Retrieval.Data;

/// <summary>Collections that cannot be used: all that is wrong, each with its file and line.</summary>
public sealed class CorpusException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
