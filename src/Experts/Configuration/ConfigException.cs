namespace Orchestrator.Experts.Configuration;

/// <summary>The configuration cannot be used. All its errors are listed, each as <c>file:line: what, what is allowed</c>.</summary>
public sealed class ConfigException(IReadOnlyList<string> errors, Exception? inner = null)
    : Exception(string.Join('\n', errors), inner)
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
