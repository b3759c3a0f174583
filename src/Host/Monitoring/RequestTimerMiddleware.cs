namespace Orchestrator.Host.Monitoring;

/// <summary>Times every request, the refused ones too; stands before the middleware that writes refusals.</summary>
sealed class RequestTimerMiddleware(RequestDelegate next, RequestMetrics metrics, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "other";
            var status = context.RequestAborted.IsCancellationRequested
                ? StatusCodes.Status499ClientClosedRequest
                : context.Response.StatusCode;
            metrics.Served(route, status, time.GetElapsedTime(began));
        }
    }
}
