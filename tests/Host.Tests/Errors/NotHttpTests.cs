using System.Net.Sockets;
using System.Text;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Errors;

/// <summary>What Kestrel refuses before the service sees it is as docs/operations.md tells: the one exception from the envelope.</summary>
public sealed class NotHttpTests
{
    [Theory]
    [InlineData("GET /v1/models/a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n", "400 Bad Request")]
    [InlineData("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nx-name: caf\u00e9\r\n\r\n", "400 Bad Request")]
    [InlineData("GET /@ HTTP/1.1\r\nHost: localhost\r\n\r\n", "414 URI Too Long")]
    [InlineData("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nx-name: @@@@\r\n\r\n", "431 Request Header Fields Too Large")]
    public async Task Request_ThatIsNoHttp_IsRefusedWithoutBody(string request, string status)
    {
        await using var service = await FakeService.StartAsync(new FakeModelLoader());
        using var socket = new TcpClient();
        await socket.ConnectAsync(service.Http.BaseAddress!.Host, service.Http.BaseAddress.Port);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request.Replace("@", new string('a', 9000), StringComparison.Ordinal)));

        using var reader = new StreamReader(socket.GetStream(), Encoding.Latin1);
        var reply = await reader.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("x-request-id", reply, StringComparison.Ordinal);
    }
}
