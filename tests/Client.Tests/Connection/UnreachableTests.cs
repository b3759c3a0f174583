using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Connection;

public sealed class UnreachableTests
{
    [Fact]
    public async Task Chat_NobodyListens_SaysWhereAndWhatToDo()
    {
        // A port that is free: it was given and taken back.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = new OrchestratorChatClient(new OrchestratorClientOptions { Endpoint = new Uri($"http://127.0.0.1:{port}"), RetryDelay = TimeSpan.Zero });

        var unreachable = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.StartsWith($"There is no Orchestrator at http://127.0.0.1:{port}/: ", unreachable.Message, StringComparison.Ordinal);
        Assert.Equal("unreachable", unreachable.Code);
        Assert.EndsWith("). Start it with 'orchestrator serve', or change the endpoint.", unreachable.Message, StringComparison.Ordinal);
    }
}
