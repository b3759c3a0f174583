namespace Orchestrator.Client;

/// <summary>The service refused a request, cannot be reached, or broke off its reply. The message says what to do.</summary>
/// <param name="status">Of HTTP; null when there was no reply, or when it had begun well.</param>
/// <param name="code">A word for programs; see <see cref="Code"/>.</param>
public sealed class OrchestratorException(string message, int? status = null, string? code = null, Exception? inner = null) : Exception(message, inner)
{
    public int? Status { get; } = status;

    /// <summary>
    /// The service's word for the error, such as <c>model_not_found</c>, or for its kind where it has no narrower one, such as
    /// <c>invalid_request_error</c>; or the client's: <c>timeout</c>, <c>unreachable</c> where there is no (secure) connection,
    /// <c>broken_off</c> where it broke, <c>not_orchestrator</c> where something else replied, and <c>disposed</c> where the client was
    /// closed or its service stopped. A service in this process that cannot start has <c>start_failed</c>. Null where something between
    /// here and the service refused.
    /// </summary>
    public string? Code { get; } = code;

    /// <summary>Whether some of the answer had reached the caller: then asking again gives that part twice.</summary>
    public bool Emitted { get; init; }

    /// <summary>How long the service asked to wait before the next try; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
