using Orchestrator.Host.Api;

namespace Orchestrator.Host.Mcp;

/// <summary>Gives the calls of a tool the id of the request that called it: one id finds all of it in the log, and for feedback.</summary>
sealed class SameRequestId(IHttpContextAccessor caller, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (caller.HttpContext is { } context) request.Headers.TryAddWithoutValidation(RequestIdMiddleware.Header, context.TraceIdentifier);
        return base.SendAsync(request, cancellationToken);
    }
}
