using System.Text.Json;
using Orchestrator.Experts;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Host.Errors;

/// <summary>
/// The one place where a failure becomes a reply: what the service refuses leaves in OpenAI's envelope. (Requests that are
/// not HTTP are Kestrel's to refuse.)
/// </summary>
sealed class ErrorEnvelopeMiddleware(RequestDelegate next, ILogger<ErrorEnvelopeMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && StatusError(context) is { } error) await WriteAsync(context, error);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientGone(logger, context.TraceIdentifier, exception.Message);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, Describe(context, exception));
        }
    }

    /// <summary>The reply for an exception; unexpected ones are logged in full and told without inner details.</summary>
    public ApiError Describe(HttpContext context, Exception exception)
    {
        if (FailureMap.Find(exception) is { } expected)
        {
            // A store's own words name folders, which are no business of clients.
            Log.Refused(logger, context.TraceIdentifier, expected.Status, exception is JobStoreException ? exception.Message : expected.Message);
            return expected;
        }

        Log.Failed(logger, exception, context.TraceIdentifier);
        return ApiError.Internal(context.TraceIdentifier);
    }

    static ApiError? StatusError(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when context.GetEndpoint() is null => new ApiError(
            StatusCodes.Status404NotFound, $"Unknown request URL: {context.Request.Method} {context.Request.Path}.",
            "invalid_request_error", Code: "unknown_url"),
        StatusCodes.Status405MethodNotAllowed => new ApiError(
            StatusCodes.Status405MethodNotAllowed,
            $"{context.Request.Method} is not allowed on {context.Request.Path}; allowed: {context.Response.Headers.Allow}.",
            "invalid_request_error", Code: "method_not_allowed"),
        // Where routing replies so; an endpoint that does may say why in its own body.
        StatusCodes.Status415UnsupportedMediaType when context.Response.ContentType is null =>
            ApiError.UnsupportedMediaType(context.Request.ContentType),
        StatusCodes.Status406NotAcceptable when context.Response.ContentType is null => new ApiError(
            StatusCodes.Status406NotAcceptable,
            $"Nothing that {context.Request.Path} replies is among what the header 'Accept' takes: '{ApiError.Shown(context.Request.Headers.Accept.ToString())}'.",
            "invalid_request_error", "Accept", "not_acceptable"),
        _ => null,
    };

    static async Task WriteAsync(HttpContext context, ApiError error)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        if (error.RetryAfterSeconds is { } seconds) context.Response.Headers.RetryAfter = seconds;
        await JsonSerializer.SerializeAsync(
            context.Response.Body, new ErrorEnvelope(error), WireJson.Wire.ErrorEnvelope, context.RequestAborted);
    }
}
