using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Authentication;

/// <summary>Refuses what pages of others ask from a browser, before anything is read of it.</summary>
sealed class OriginMiddleware(RequestDelegate next, AllowedOrigins allowed)
{
    const string Mend = "an administrator can add others to server.allowed_origins of the configuration.";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<OwnCall>() is not null) return next(context);
        var host = context.Request.Host;
        // No browser asks over a unix socket, where the name is anything.
        if (context.Connection.LocalIpAddress is not null && !allowed.TakesHost(host))
            throw Refused(
                $"The service listens on this machine only and is not called '{ApiError.Shown(host.Value!)}'. "
                + $"Allowed are localhost, 127.0.0.1 and [::1]; {Mend}",
                "Host", "host_not_allowed");
        if (context.Request.Headers.Origin.ToString() is { Length: > 0 } origin && !allowed.TakesOrigin(origin, host))
            throw Refused(
                $"Pages of '{ApiError.Shown(origin)}' may not use the service. Allowed are its own, of '{host.Value}'"
                + $"{string.Concat(allowed.Origins.Select(other => $", and of '{other}'"))}; {Mend}",
                "Origin", "origin_not_allowed");
        return next(context);
    }

    static ApiException Refused(string message, string header, string code) =>
        new(new ApiError(StatusCodes.Status403Forbidden, message, "invalid_request_error", header, code));
}
