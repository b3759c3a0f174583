using System.Net;
using System.Text;

namespace Orchestrator.Client.Tests;

/// <summary>Replies with what the test says, and keeps what it was asked.</summary>
sealed class FakeService(Func<HttpRequestMessage, string, HttpResponseMessage> reply) : HttpMessageHandler
{
    public List<(HttpMethod Method, string Path, string Body, string? Authorization)> Asked { get; } = [];

    public static FakeService Of(string json, HttpStatusCode status = HttpStatusCode.OK) => new((_, _) => Reply(json, status));

    public static HttpResponseMessage Reply(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public HttpClient Client() => new(this, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Add((request.Method, request.RequestUri!.PathAndQuery, body, request.Headers.Authorization?.ToString()));
        return reply(request, body);
    }
}
