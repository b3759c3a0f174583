using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;
using Orchestrator.Jobs.Store;
using static Orchestrator.Host.OpenApi.Schemas.TypeWords;

namespace Orchestrator.Host.OpenApi.Operations;

static class JobWords
{
    const string When = "Unix seconds; null where it never was in that state.";

    public static IEnumerable<TypeWords> All { get; } =
    [
        For<FileObject>("A file.",
            ("object", "Always file."), ("id", "Its id."), ("bytes", "Its size."), ("created_at", "Unix seconds."), ("filename", "As it was uploaded."),
            ("purpose", "batch, or batch_output."), ("status", "Always processed: a file is there whole or not at all.")),
        For<FileList>("One page of files, the newest first.",
            ("object", "Always list."), ("data", "The files."), ("has_more", "Whether there is another page."), ("first_id", "Null on an empty page."), ("last_id", "The next page begins after it.")),
        For<FileDeletion>("A file that is gone.", ("object", "Always file."), ("id", "Its id."), ("deleted", "Always true.")),
        For<BatchObject>("A batch.",
            ("object", "Always batch."), ("id", "Its id."), ("endpoint", "What its lines ask for."), ("errors", "What is wrong with its file; null where nothing is."),
            ("input_file_id", "Its requests."), ("completion_window", "As it was asked for."),
            ("status", "validating, in_progress, finalizing, completed, failed, expired, cancelling or cancelled."),
            ("output_file_id", "The answers, once there are any."), ("error_file_id", "The requests that failed, if any did."),
            ("created_at", "Unix seconds."), ("in_progress_at", When), ("expires_at", "Unix seconds after which it is given up."), ("finalizing_at", When), ("completed_at", When),
            ("failed_at", When), ("expired_at", When), ("cancelling_at", When), ("cancelled_at", When), ("request_counts", "How many requests are done."),
            ("metadata", "As it was given."), ("orchestrator", "How far it is, while this service runs it.")),
        For<RequestCounts>("Requests of a batch.", ("total", "All."), ("completed", "Answered."), ("failed", "Refused.")),
        For<BatchErrors>("What is wrong with a batch's file.", ("object", "Always list."), ("data", "One entry for each problem.")),
        For<BatchProblem>("What is wrong with a line.", ("code", "Of the problem."), ("message", "What to do about it."), ("param", "The field."), ("line", "From 1; null where it is the whole file.")),
        For<BatchStanding>("How far a running batch is.",
            ("stage", "What is being done."), ("experts_done", "Experts that have nothing left to answer."), ("experts", "Experts that are asked at all."),
            ("loads", "Loads that it took."), ("remaining_seconds", "Of the stage, at the pace so far; null while that is unknown.")),
        For<BatchList>("One page of batches, the newest first.",
            ("object", "Always list."), ("data", "The batches."), ("has_more", "Whether there is another page."), ("first_id", "Null on an empty page."), ("last_id", "The next page begins after it.")),
    ];
}
