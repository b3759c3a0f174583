namespace Orchestrator.Jobs.Running;

/// <summary>Somebody cancelled the job itself, not only the run of it; submitted again it goes on.</summary>
public sealed class JobCancelledException(string job) : OperationCanceledException($"The job '{job}' was cancelled.");
