using System.Globalization;
using System.Text.Json.Serialization;
using Orchestrator.Experts;

namespace Orchestrator.Host.OpenAi;

/// <summary>An expected failure as OpenAI's clients understand it: one status, one envelope.</summary>
sealed record ApiError([property: JsonIgnore] int Status, string Message, string Type, string? Param = null, string? Code = null)
{
    const int MaxShown = 100;

    /// <summary>Sent as <c>Retry-After</c> when trying again can help.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    public static ApiError Invalid(string message, string? param = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, message, "invalid_request_error", param, code);

    /// <summary>A known feature of the API that this service does not have; never silently ignored.</summary>
    public static ApiError Unsupported(string param, string what) =>
        Invalid($"'{param}' is not supported: {what}", param, "unsupported_parameter");

    /// <summary>A value as it is told back: enough to recognise it, not enough to flood a log.</summary>
    public static string Shown(string value) => Excerpt.Of(value, MaxShown);

    public static ApiError UnsupportedMediaType(string? contentType) =>
        new(StatusCodes.Status415UnsupportedMediaType,
            $"The body's 'Content-Type' is {(contentType is null ? "missing" : $"'{Shown(contentType)}'")}; send 'application/json', in UTF-8.",
            "invalid_request_error", "Content-Type", "unsupported_media_type");

    public static ApiError ModelNotFound(string model, IEnumerable<string> known) =>
        new(StatusCodes.Status404NotFound,
            $"The model '{Shown(model)}' does not exist. Available: {string.Join(", ", known)}.",
            "invalid_request_error", "model", "model_not_found");

    public static ApiError Unavailable(string message, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, message, "service_unavailable", Code: "unavailable") { RetryAfter = retryAfter };

    public static ApiError Internal(string requestId) =>
        new(StatusCodes.Status500InternalServerError,
            $"The service failed on this request; its log has the details under request id {requestId}.", "server_error");

    [JsonIgnore]
    public string? RetryAfterSeconds =>
        RetryAfter is { } wait ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
}

/// <summary>Carries an <see cref="ApiError"/> from where it is found to the one place that writes it.</summary>
sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
