using System.Text.Json.Serialization;
using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Host.OpenAi;

/// <summary>A batch of <c>/v1/batches</c>; times are Unix seconds, null where the batch was never in that state.</summary>
sealed record BatchObject
{
    public required string Id { get; init; }

    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "batch";

    public required string Endpoint { get; init; }

    public BatchErrors? Errors { get; init; }

    public required string InputFileId { get; init; }

    public required string CompletionWindow { get; init; }

    public required string Status { get; init; }

    public string? OutputFileId { get; init; }

    public string? ErrorFileId { get; init; }

    public long? CreatedAt { get; init; }

    public long? InProgressAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? FinalizingAt { get; init; }

    public long? CompletedAt { get; init; }

    public long? FailedAt { get; init; }

    public long? ExpiredAt { get; init; }

    public long? CancellingAt { get; init; }

    public long? CancelledAt { get; init; }

    public required RequestCounts RequestCounts { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Beyond OpenAI's fields: how far it is, while this service runs it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchStanding? Orchestrator { get; init; }

    public static BatchObject Of(BatchView view, JobProgress? progress)
    {
        var (batch, facts) = (view.Batch, view.Batch.Batch!);
        return new BatchObject
        {
            Id = batch.Id,
            Endpoint = facts.Endpoint,
            Errors = facts.Problems.Count == 0 ? null : new BatchErrors(facts.Problems),
            InputFileId = facts.InputFile,
            CompletionWindow = facts.CompletionWindow,
            Status = batch.State.Word(),
            OutputFileId = facts.OutputFile,
            ErrorFileId = facts.ErrorFile,
            CreatedAt = batch.Stamp(JobRecord.Created),
            InProgressAt = At(JobState.InProgress),
            ExpiresAt = batch.Stamp(JobRecord.Expires),
            FinalizingAt = At(JobState.Finalizing),
            CompletedAt = At(JobState.Completed),
            FailedAt = At(JobState.Failed),
            ExpiredAt = At(JobState.Expired),
            CancellingAt = At(JobState.Cancelling),
            CancelledAt = At(JobState.Cancelled),
            RequestCounts = new RequestCounts(batch.Total, view.Counts.Done, view.Counts.Failed),
            Metadata = facts.Metadata,
            Orchestrator = progress is null ? null : BatchStanding.Of(progress),
        };

        long? At(JobState state) => batch.Stamp(state.Word());
    }
}

sealed record RequestCounts(int Total, int Completed, int Failed);

sealed record BatchErrors(IReadOnlyList<BatchProblem> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "list";
}

/// <summary>Where a running batch stands.</summary>
/// <param name="RemainingSeconds">Of the stage, at the pace so far; null while that is unknown.</param>
sealed record BatchStanding(string Stage, int ExpertsDone, int Experts, long Loads, double? RemainingSeconds)
{
    public static BatchStanding Of(JobProgress now) => new(
        now.Stage.ToString().ToLowerInvariant(), now.ExpertsDone, now.Experts, now.Loads, now.Remaining?.TotalSeconds);
}

/// <summary>One page of batches, the newest first.</summary>
sealed record BatchList(IReadOnlyList<BatchObject> Data, bool HasMore)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "list";

    public string? FirstId => Data.Count > 0 ? Data[0].Id : null;

    public string? LastId => Data.Count > 0 ? Data[^1].Id : null;
}
