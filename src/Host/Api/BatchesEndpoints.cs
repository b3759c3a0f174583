using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Batches;

namespace Orchestrator.Host.Api;

/// <summary><c>/v1/batches</c>: chat completions that nobody waits for.</summary>
sealed class BatchesEndpoints(JobsState jobs, RequestBody body)
{
    const int UsuallyListed = 20;
    const int MostListed = 100;

    /// <summary>Replies at once; the file is checked meanwhile, and what is wrong with it is in the batch.</summary>
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var batches = jobs.Ready();
        var facts = BatchRequestReader.Read(await body.ReadJsonAsync(context.Request, context.RequestAborted));
        var file = batches.Files.Find(facts.InputFile) ?? throw FilesEndpoints.NoFile(facts.InputFile, "input_file_id");
        if (file.Purpose != FileUpload.Batch)
            throw new ApiException(ApiError.Invalid(
                $"The file '{file.Id}' has the purpose '{file.Purpose}', a batch needs one of the purpose '{FileUpload.Batch}'.",
                "input_file_id", "invalid_value"));
        return Reply(await batches.CreateAsync(facts));
    }

    public IResult Get(string id) => Reply(jobs.Ready().Find(id) ?? throw NoBatch(id));

    public IResult List(HttpRequest request)
    {
        var page = PageQuery.Read(request.Query, UsuallyListed, MostListed);
        var (batches, more) = PageQuery.Cut(jobs.Ready().List(page.After, page.Limit + 1), page.Limit);
        return Results.Json(new BatchList([.. batches.Select(Wire)], more), WireJson.Wire.BatchList);
    }

    /// <summary>One that has ended stays as it is, which is no error.</summary>
    public async Task<IResult> CancelAsync(string id) => Reply(await jobs.Ready().CancelAsync(id) ?? throw NoBatch(id));

    static ApiException NoBatch(string id) => new(new ApiError(
        StatusCodes.Status404NotFound, $"No batch found with id '{ApiError.Shown(id)}'.", "invalid_request_error", "id", "batch_not_found"));

    BatchObject Wire(BatchView view) => BatchObject.Of(view, jobs.Ready().Running.GetValueOrDefault(view.Batch.Id));

    IResult Reply(BatchView view) => Results.Json(Wire(view), WireJson.Wire.BatchObject);
}
