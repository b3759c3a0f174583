namespace Orchestrator.Host.Api;

/// <summary>Gives every reply an <c>x-request-id</c>: the caller's own when it is a plain token, else a new one.</summary>
sealed class RequestIdMiddleware(RequestDelegate next)
{
    public const string Header = "x-request-id";
    const int MaxLength = 128;

    public Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = IsToken(given) ? given : $"req_{Guid.NewGuid():N}";
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    }

    /// <summary>Only what can stand in a log line and a header without escaping.</summary>
    static bool IsToken(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}
