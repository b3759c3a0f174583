using System.Net;
using Microsoft.AspNetCore.Http;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Authentication;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Authentication;

/// <summary>The real service on loopback, asked as browsers do.</summary>
public sealed class OriginMiddlewareTests : IAsyncLifetime
{
    const string Friend = "http://chat.example:3000";

    FakeService _service = null!;

    public async Task InitializeAsync() => _service = await FakeService.StartOnAsync(
        $$"""
        server: { allowed_origins: "{{Friend}}" }
        memory: { budget: 64MiB }
        experts:
          - id: maths
            file: model.gguf
        """,
        new FakeModelLoader());

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("POST", "/mcp")]
    [InlineData("POST", "/reload")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/docs/index.html")]
    [InlineData("GET", "/no/such/address")]
    public async Task Send_FromAPageOfOthers_IsRefusedNamingWhatIsAllowed(string method, string path)
    {
        using var response = await SendAsync(method, path, ("Origin", "http://evil.example"));

        var error = await response.ReadErrorAsync(HttpStatusCode.Forbidden);
        Assert.Equal("origin_not_allowed", error.GetProperty("code").GetString());
        Assert.Contains(Friend, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(_service.Loader.Events);
    }

    [Fact]
    public async Task Send_ByANameOfOthers_IsRefused()
    {
        using var response = await SendAsync("GET", "/v1/models", ("Host", "rebound.example"), ("Origin", "http://rebound.example"));

        var error = await response.ReadErrorAsync(HttpStatusCode.Forbidden);
        Assert.Equal("host_not_allowed", error.GetProperty("code").GetString());
        Assert.Contains("localhost", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_FromItsOwnPage_IsAnswered()
    {
        using var response = await SendAsync("GET", "/v1/models", ("Origin", _service.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1/models", HttpStatusCode.OK)]
    [InlineData("/v1/models/nobody", HttpStatusCode.NotFound)]
    public async Task Send_FromAnAllowedPage_MayBeReadByIt(string path, HttpStatusCode status)
    {
        using var response = await SendAsync("GET", path, ("Origin", Friend));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal([Friend], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Options_OfAnAllowedPage_AllowsItsHeaders()
    {
        using var response = await SendAsync(
            "OPTIONS", "/v1/chat/completions", ("Origin", Friend), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["authorization,content-type"], response.Headers.GetValues("Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task Invoke_CallOfTheProcessItself_Passes()
    {
        var passed = false;
        var middleware = new OriginMiddleware(
            _ =>
            {
                passed = true;
                return Task.CompletedTask;
            },
            AllowedOrigins.From(new ServerConfig(), loopbackOnly: true));
        var context = new DefaultHttpContext();
        context.Features.Set(OwnCall.Instance);
        context.Connection.LocalIpAddress = IPAddress.Loopback;
        context.Request.Host = new HostString("in-process");
        context.Request.Headers.Origin = "http://evil.example";

        await middleware.InvokeAsync(context);

        Assert.True(passed);
    }

    async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _service.Http.SendAsync(request);
    }
}
