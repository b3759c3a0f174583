namespace Orchestrator.Client;

/// <summary>The service refused a request, or cannot be reached. The message says what to do.</summary>
/// <param name="status">Of HTTP; null when there was no reply.</param>
/// <param name="code">The service's word for the error, such as <c>model_not_found</c>.</param>
public sealed class OrchestratorException(string message, int? status = null, string? code = null, Exception? inner = null) : Exception(message, inner)
{
    public int? Status { get; } = status;

    public string? Code { get; } = code;
}
