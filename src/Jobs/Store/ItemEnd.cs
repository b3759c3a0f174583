using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Store;

/// <summary>What an item ended with; what its panel said is kept with the calls.</summary>
/// <param name="MergeUsage">Tokens of the call that wrote the merged answer; null where no model was asked for it.</param>
sealed record ItemEnd(
    string Text, string Expert, FinishReason? Finish, IReadOnlyList<string> Reasons, TokenUsage? MergeUsage, JobFailure? Failure)
{
    /// <summary>What the aggregator itself asked of the panel; null where it was given the answers.</summary>
    public IReadOnlyList<MemberAnswer>? Heard { get; init; }

    public static ItemEnd Failed(JobFailure failure) => new("", "", null, [], null, failure);
}
