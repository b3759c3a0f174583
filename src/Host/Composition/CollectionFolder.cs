using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Composition;

/// <summary>Where collections are kept.</summary>
static class CollectionFolder
{
    public static string Of(RetrievalConfig config) => config.Collections ?? Path.Combine(State(), "orchestrator", "collections");

    /// <summary>Where programs keep what they must not lose between runs, by the XDG base directory specification.</summary>
    static string State() => Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
        ? state
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
