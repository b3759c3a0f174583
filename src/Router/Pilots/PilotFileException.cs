namespace Orchestrator.Router.Pilots;

/// <summary>A pilot file that cannot be used: all that is wrong with it, each with where.</summary>
public sealed class PilotFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
