using Orchestrator.Experts.Configuration;

namespace Orchestrator.Jobs.Running;

/// <summary>Where jobs are kept.</summary>
public static class JobFolder
{
    /// <summary>Name of the database in it.</summary>
    public const string Database = "jobs.db";

    public static string Of(JobsConfig config) => config.Folder ?? Path.Combine(State(), "orchestrator");

    /// <summary>Where programs keep what they must not lose between runs, by the XDG base directory specification.</summary>
    static string State() => Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
        ? state
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
