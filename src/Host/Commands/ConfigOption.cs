using System.CommandLine;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;

namespace Orchestrator.Host.Commands;

/// <summary><c>--config</c>, shared by all commands.</summary>
static class ConfigOption
{
    public static Option<string?> Value { get; } = new("--config", "-c")
    {
        Description = $"Configuration file (default: ${ConfigLocator.Variable}, else configs/orchestrator.yaml here or above)",
    };

    /// <exception cref="ConfigException">All errors of the file at once.</exception>
    public static OrchestratorConfig Read(ParseResult parsed) =>
        ConfigLocator.Locate(parsed.GetValue(Value)) is { Length: > 0 } path
            ? ConfigReader.Read(path)
            : throw new ConfigException([$"--config or ${ConfigLocator.Variable} is empty; give the path of a configuration file."]);
}
