using Microsoft.AspNetCore.Http.Features;

namespace Orchestrator.Host.InMemory;

/// <summary>An <see cref="HttpRequestMessage"/> as the pipeline wants it.</summary>
static class RequestReader
{
    public static async ValueTask<HttpRequestFeature> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri is { IsAbsoluteUri: true } absolute
            ? absolute
            : throw new InvalidOperationException("A request needs an absolute address, or a client with a BaseAddress.");
        var read = new HttpRequestFeature
        {
            Protocol = HttpProtocol.Http11,
            Method = request.Method.Method,
            Scheme = address.Scheme,
            Path = PathString.FromUriComponent(address).Value ?? "/",
            QueryString = address.Query,
            RawTarget = address.PathAndQuery,
        };
        foreach (var (name, values) in request.Headers.NonValidated) read.Headers[name] = values.ToString();
        if (read.Headers.Host.Count == 0) read.Headers.Host = address.Authority;
        if (request.Content is not { } content) return read;

        read.Body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (name, values) in content.Headers.NonValidated) read.Headers[name] = values.ToString();
        read.Headers.ContentLength = content.Headers.ContentLength;
        return read;
    }
}
