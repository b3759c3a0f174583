namespace Orchestrator.Jobs.Profiling.Answers;

/// <summary>Lines of an answer file that could not be read: all of them, each with its number.</summary>
public sealed class AnswerFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
