using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Embedding;

/// <summary>Where programs keep what they can make again, by the XDG base directory specification.</summary>
static class CacheFolder
{
    public static string Of(RouterConfig config) => config.EmbedderCache ?? Path.Combine(Cache(), "orchestrator");

    static string Cache() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
        ? cache
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
