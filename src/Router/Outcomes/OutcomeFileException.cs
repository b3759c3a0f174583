namespace Orchestrator.Router.Outcomes;

/// <summary>Lines of an outcome file that could not be read: all of them, each with its number.</summary>
public sealed class OutcomeFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
