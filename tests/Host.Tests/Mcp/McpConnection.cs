using ModelContextProtocol.Client;

namespace Orchestrator.Host.Tests.Mcp;

static class McpConnection
{
    /// <param name="http">Used and left open; has the service's address.</param>
    public static Task<McpClient> OpenAsync(HttpClient http)
    {
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(http.BaseAddress!, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
        };
        return McpClient.CreateAsync(new HttpClientTransport(options, http));
    }
}
