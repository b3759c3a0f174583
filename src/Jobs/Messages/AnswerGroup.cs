using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Messages;

/// <summary>
/// Tells a worker to have some calls answered by one expert. It names them only: questions and answers stay in the store, so
/// that a broker sees none of them and a message that comes twice finds out what is answered already.
/// </summary>
public sealed record AnswerGroup
{
    public required Guid Id { get; init; }

    public required string Job { get; init; }

    public required JobStage Stage { get; init; }

    /// <summary>Who is asked; of merges, the expert that merges.</summary>
    public required string Expert { get; init; }

    public required IReadOnlyList<CallKey> Calls { get; init; }
}
