using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Mcp;

/// <summary>Bodies that the protocol's library would not refuse, or not in the service's words.</summary>
public sealed class MessageBodyTests : IAsyncLifetime
{
    const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    FakeService _service = null!;

    public async Task InitializeAsync() => _service = await FakeService.StartOnAsync(
        """
        server: { max_body_bytes: 2KiB }
        memory: { budget: 64MiB }
        experts:
          - id: maths
            file: model.gguf
        """,
        new FakeModelLoader());

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_MoreThanTheLimit_Is413(bool chunked)
    {
        using var response = await PostAsync(Ping.PadRight(2049), "application/json", chunked);

        var error = await response.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("request_too_large", error.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_AsMuchAsTheLimit_IsAnswered(bool chunked)
    {
        using var response = await PostAsync(Ping.PadRight(2048), "application/json", chunked);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"result\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=zzz")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    public async Task Post_NotJsonByItsType_Is415NamingIt(string? type)
    {
        using var response = await PostAsync(Ping, type);

        var error = await response.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("unsupported_media_type", error.GetProperty("code").GetString());
        Assert.Contains(type ?? "missing", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    public async Task Post_JsonByItsType_IsAnswered(string type)
    {
        using var response = await PostAsync(Ping, type);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    async Task<HttpResponseMessage> PostAsync(string body, string? type, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await _service.Http.SendAsync(request);
    }
}
