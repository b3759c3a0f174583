using Microsoft.AspNetCore.Authorization;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Authentication;

/// <summary>
/// Where the service has keys, lets only requests pass that present one, or whose endpoint is open to all. Unknown addresses
/// are not: who has no key learns of none.
/// </summary>
sealed class ApiKeyMiddleware(RequestDelegate next, ApiKeys keys)
{
    const string Where = "put one of the service's keys into the header 'Authorization: Bearer KEY', or 'x-api-key: KEY'.";

    public Task InvokeAsync(HttpContext context)
    {
        if (!keys.Required || IsOpen(context)) return next(context);
        var key = PresentedKey.Of(context.Request.Headers);
        if (key is not null && keys.Accept(key)) return next(context);
        context.Response.Headers.WWWAuthenticate = PresentedKey.Scheme;
        throw new ApiException(new ApiError(
            StatusCodes.Status401Unauthorized,
            key is null ? $"No API key was given: {Where}" : $"The API key is not one of the service's: {Where}",
            "invalid_request_error", Code: "invalid_api_key"));
    }

    static bool IsOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || context.Features.Get<OwnCall>() is not null;
}
