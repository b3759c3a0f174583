using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Host.Api;

/// <summary><c>/v1/files</c>: what batches read and write.</summary>
sealed class FilesEndpoints(JobsState jobs, OrchestratorConfig config)
{
    const int MostListed = 10_000;

    public async Task<IResult> UploadAsync(HttpContext context)
    {
        var upload = new FileUpload(context.Request, config.Jobs.MaxFileBytes);
        var file = await jobs.Ready().Files.SaveAsync(content => upload.ReceiveAsync(content, context.RequestAborted));
        return Reply(file);
    }

    public IResult List(HttpRequest request)
    {
        var page = PageQuery.Read(request.Query, MostListed, MostListed);
        var purpose = request.Query["purpose"].ToString() is { Length: > 0 } wanted ? wanted : null;
        var (files, more) = PageQuery.Cut(jobs.Ready().Files.List(purpose, page.After, page.Limit + 1), page.Limit);
        return Results.Json(new FileList([.. files.Select(FileObject.Of)], more), WireJson.Wire.FileList);
    }

    public IResult Get(string id) => Reply(Find(id));

    public IResult Content(string id)
    {
        Find(id);
        try
        {
            return Results.Stream(jobs.Ready().Files.OpenRead(id), "application/jsonl");
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NoFile(id);
        }
    }

    public async Task<IResult> DeleteAsync(string id) => await jobs.Ready().Files.DeleteAsync(id)
        ? Results.Json(new FileDeletion(id), WireJson.Wire.FileDeletion)
        : throw NoFile(id);

    public static ApiException NoFile(string id, string param = "id") => new(new ApiError(
        StatusCodes.Status404NotFound, $"No such File object: {ApiError.Shown(id)}", "invalid_request_error", param, "file_not_found"));

    FileRecord Find(string id) => jobs.Ready().Files.Find(id) ?? throw NoFile(id);

    static IResult Reply(FileRecord file) => Results.Json(FileObject.Of(file), WireJson.Wire.FileObject);
}
