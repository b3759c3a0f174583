using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using Orchestrator.Host.Api;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Mcp;

/// <summary>
/// Reads the body before the protocol's library does, which knows neither <c>server.max_body_bytes</c> nor the deadline, and
/// takes a type that it cannot read, and wrong parameters, for a failure of its own.
/// </summary>
sealed class MessageBody(RequestBody body, RequestDeadlines deadlines) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!IsJson(request.ContentType)) throw new ApiException(ApiError.UnsupportedMediaType(request.ContentType));
        // Its library reads a quoted charset for an unknown one.
        request.ContentType = MediaTypeNames.Application.Json;
        var message = await ReadAsync(context.HttpContext);
        if (MessageShape.Find(message) is { } problem) return problem.Reply();
        request.Body = new MemoryStream(message, writable: false);
        return await next(context);
    }

    Task<byte[]> ReadAsync(HttpContext context) => deadlines.RunAsync(context, async deadline =>
        (await body.ReadAsync(context.Request, deadline.Token)).ToArray());

    static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
