namespace Orchestrator.Host.Authentication;

/// <summary>
/// The feature of a request that never was on a network: the process itself makes it, or made it for a request that presented
/// its key already.
/// </summary>
sealed class OwnCall
{
    public static OwnCall Instance { get; } = new();
}
