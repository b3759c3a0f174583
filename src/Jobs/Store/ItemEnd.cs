using Orchestrator.Jobs.Running;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Jobs.Store;

/// <summary>What an item ended with; what its panel said is kept with the calls.</summary>
/// <param name="MergeUsage">Tokens of merging; null where no model was asked for it.</param>
sealed record ItemEnd(
    string Text, string Expert, FinishReason? Finish, IReadOnlyList<string> Reasons, TokenUsage? MergeUsage, JobFailure? Failure)
{
    public static ItemEnd Failed(JobFailure failure) => new("", "", null, [], null, failure);
}
