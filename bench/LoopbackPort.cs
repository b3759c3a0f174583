using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Bench;

/// <summary>A port for a server that a run starts itself.</summary>
static class LoopbackPort
{
    /// <returns>One that was free a moment ago.</returns>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
