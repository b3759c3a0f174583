namespace Orchestrator.Client.Connection;

/// <summary>Words for what fails on the client's side, beside those that the service has: <see cref="OrchestratorException.Code"/>.</summary>
static class FailureCode
{
    public const string Timeout = "timeout";
    public const string Unreachable = "unreachable";
    public const string BrokenOff = "broken_off";
    public const string NotOrchestrator = "not_orchestrator";
    public const string Disposed = "disposed";
}
