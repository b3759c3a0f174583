using System.Net;

namespace Orchestrator.Host.Composition;

/// <summary>Names by which a machine calls itself.</summary>
static class LoopbackName
{
    /// <param name="host">As in an address: a name or a number, one of IPv6 with or without its brackets.</param>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
