using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Host.Collections;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Documents;

namespace Orchestrator.Host.Api;

/// <summary><c>/v1/collections/{name}/documents</c>.</summary>
sealed class DocumentsEndpoints(CollectionsState collections, ICollectionEncoder encoder, RequestBody body, RequestDeadlines deadlines)
{
    const int UsuallyListed = 20;
    const int MostListed = 1000;

    /// <summary>Replies once they are on the disk.</summary>
    public Task<IResult> UpsertAsync(string name, HttpContext context) => deadlines.RunAsync(context, async deadline =>
    {
        var documents = await collections.Store().OpenAsync(name, deadline.Token);
        var request = UpsertRequest.Read(await body.ReadJsonAsync(context.Request, deadline.Token));
        var (embedded, usage) = await DocumentEmbedding.RunAsync(documents.Spec, request, encoder, deadline.Token);
        await documents.UpsertAsync(documents.Spec.Space, embedded, deadline.Token);
        return Results.Json(new UpsertReply(embedded.Count, usage), WireJson.Wire.UpsertReply);
    });

    public async Task<IResult> ListAsync(string name, HttpContext context)
    {
        var documents = await collections.Store().OpenAsync(name, context.RequestAborted);
        if (context.Request.Query["id"] is { Count: > 0 } ids)
        {
            if (ids.Count > MostListed)
                throw new ApiException(ApiError.Invalid($"At most {MostListed} documents can be asked for at once.", "id", "invalid_value"));
            return Reply(await documents.GetAsync([.. ids.Select(id => id ?? "")], WithVectors(context.Request), context.RequestAborted), hasMore: false);
        }
        var page = PageQuery.Read(context.Request.Query, UsuallyListed, MostListed);
        var (read, more) = PageQuery.Cut(await documents.ListAsync(page.After, page.Limit + 1, context.RequestAborted), page.Limit);
        return Reply(read, more);
    }

    public async Task<IResult> GetAsync(string name, HttpContext context)
    {
        var id = IdOf(context);
        var documents = await collections.Store().OpenAsync(name, context.RequestAborted);
        return await documents.GetAsync([id], WithVectors(context.Request), context.RequestAborted) is [var document]
            ? Results.Json(DocumentObject.Of(document), WireJson.Wire.DocumentObject)
            : throw NoDocument(name, id);
    }

    public async Task<IResult> DeleteAsync(string name, HttpContext context)
    {
        var id = IdOf(context);
        var documents = await collections.Store().OpenAsync(name, context.RequestAborted);
        return await documents.DeleteAsync([id], context.RequestAborted) > 0
            ? Results.Json(new DocumentDeletion(id), WireJson.Wire.DocumentDeletion)
            : throw NoDocument(name, id);
    }

    public async Task<IResult> DeleteManyAsync(string name, HttpContext context)
    {
        var documents = await collections.Store().OpenAsync(name, context.RequestAborted);
        var request = DeletionRequest.Read(await body.ReadJsonAsync(context.Request, context.RequestAborted));
        var deleted = request.Ids is { } ids
            ? await documents.DeleteAsync(ids, context.RequestAborted)
            : await documents.DeleteAsync(request.Filter!, context.RequestAborted);
        return Results.Json(new DocumentsDeletion(deleted), WireJson.Wire.DocumentsDeletion);
    }

    /// <summary>As it was sent: the server's path leaves an encoded slash as it is, so that two ids would be one.</summary>
    static string IdOf(HttpContext context)
    {
        const string Before = "/documents/";
        var sent = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = sent.Split('?', 2)[0];
        var at = path.IndexOf(Before, StringComparison.Ordinal);
        return at < 0
            ? throw new ApiException(ApiError.Invalid("The address names no document.", "id", "invalid_value"))
            : Uri.UnescapeDataString(path[(at + Before.Length)..]);
    }

    static bool WithVectors(HttpRequest request) => request.Query["include"].Contains("embedding");

    static IResult Reply(IReadOnlyList<Document> documents, bool hasMore) =>
        Results.Json(new DocumentList([.. documents.Select(DocumentObject.Of)], hasMore), WireJson.Wire.DocumentList);

    static ApiException NoDocument(string name, string id) => new(new ApiError(
        StatusCodes.Status404NotFound, $"The collection '{name}' has no document '{ApiError.Shown(id)}'.", "invalid_request_error", "id", "document_not_found"));
}
