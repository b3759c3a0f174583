namespace Orchestrator.Host.Composition;

/// <summary>Finds the configuration when the caller names none.</summary>
static class ConfigLocator
{
    public const string Variable = "ORCHESTRATOR_CONFIG";
    const string Usual = "configs/orchestrator.yaml";

    /// <summary>
    /// In this order: the option, the environment variable, <c>configs/orchestrator.yaml</c> in the working directory
    /// or above it, then beside the program or above it (so that a checkout works from any directory).
    /// </summary>
    public static string Locate(string? option) =>
        option
        ?? Environment.GetEnvironmentVariable(Variable)
        ?? FindUpwards(Environment.CurrentDirectory)
        ?? FindUpwards(AppContext.BaseDirectory)
        ?? Usual;

    static string? FindUpwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, Usual) is var file && File.Exists(file))
                return file;
        return null;
    }
}
