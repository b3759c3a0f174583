using Microsoft.OpenApi;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>Files and batches.</summary>
static class JobOperations
{
    static readonly OpenApiParameter FileId = Parameter.Path("id", Schema.Text("The file's id."));

    static readonly OpenApiParameter BatchId = Parameter.Path("id", Schema.Text("The batch's id."));

    public static Operation Upload { get; } = new(
        "upload_file", Tag.Jobs, "Upload a file",
        "Uploads a file of requests for a batch: JSON lines with `custom_id`, `method`, `url` and `body` each.")
    {
        Body = JobBodies.Upload.Body("multipart/form-data"),
        Replies = [Reply.Json<FileObject>("The file.")],
        Refusals = [400, 413, 503],
    };

    public static Operation ListFiles { get; } = new("list_files", Tag.Jobs, "List files", "Lists files page by page, the newest first.")
    {
        Parameters = [.. Paging.Of(10_000, 10_000, "file"), Parameter.Query("purpose", Schema.Text("Only files of this purpose: batch, or batch_output."))],
        Replies = [Reply.Json<FileList>("One page.")],
        Refusals = [400, 503],
    };

    public static Operation GetFile { get; } = new("get_file", Tag.Jobs, "One file", "Tells of a file its name, its size and its purpose.")
    {
        Parameters = [FileId],
        Replies = [Reply.Json<FileObject>("The file.")],
        Refusals = [404, 503],
    };

    public static Operation GetContent { get; } = new("get_file_content", Tag.Jobs, "A file's content", "Returns a file as it is, such as the answers of a batch.")
    {
        Parameters = [FileId],
        Replies =
        [
            new Reply(StatusCodes.Status200OK, "JSON lines.") { Content = [ReplyContent.Of("application/jsonl", Schema.Text("One JSON object a line."))] },
        ],
        Refusals = [404, 503],
    };

    public static Operation DeleteFile { get; } = new("delete_file", Tag.Jobs, "Delete a file", "Deletes a file, for good; a batch that reads it goes on.")
    {
        Parameters = [FileId],
        Replies = [Reply.Json<FileDeletion>("It is deleted.")],
        Refusals = [404, 503],
    };

    public static Operation CreateBatch { get; } = new(
        "create_batch", Tag.Jobs, "Start a batch",
        "Answers all requests of an uploaded file, expert by expert. Replies at once; get_batch tells how far it is, and what is wrong with the file.")
    {
        Body = JobBodies.Create.Body(),
        Replies = [Reply.Json<BatchObject>("The batch.")],
        Refusals = [400, 404, 413, 503],
    };

    public static Operation ListBatches { get; } = new("list_batches", Tag.Jobs, "List batches", "Lists batches page by page, the newest first.")
    {
        Parameters = [.. Paging.Of(20, 100, "batch")],
        Replies = [Reply.Json<BatchList>("One page.")],
        Refusals = [400, 503],
    };

    public static Operation GetBatch { get; } = new(
        "get_batch", Tag.Jobs, "One batch", "Tells how far a batch is; once it is completed, `output_file_id` names the file with the answers.")
    {
        Parameters = [BatchId],
        Replies = [Reply.Json<BatchObject>("The batch.")],
        Refusals = [404, 503],
    };

    public static Operation CancelBatch { get; } = new(
        "cancel_batch", Tag.Jobs, "Cancel a batch", "Stops a batch and keeps the answers it has. One that has ended stays as it is.")
    {
        Parameters = [BatchId],
        Replies = [Reply.Json<BatchObject>("The batch.")],
        Refusals = [404, 503],
    };
}
