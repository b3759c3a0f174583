using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Host.Collections;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Retrieval;
using Orchestrator.Retrieval.Collections;

namespace Orchestrator.Host.Api;

/// <summary><c>/v1/collections</c>: documents that can be searched by meaning and by words.</summary>
sealed class CollectionsEndpoints(CollectionsState collections, ICollectionEncoder encoder, RequestBody body, RequestDeadlines deadlines)
{
    /// <summary>Embedded at creation, to learn of the model's space and dimensions, and that it works.</summary>
    const string Probe = "a collection of documents";

    public Task<IResult> CreateAsync(HttpContext context) => deadlines.RunAsync(context, async deadline =>
    {
        var store = collections.Store();
        var request = CreationRequest.Read(await body.ReadJsonAsync(context.Request, deadline.Token));
        var model = (request.Model == RoutedEmbedder.Automatic ? null : request.Model) ?? encoder.Base ?? throw new ApiException(ApiError.Invalid(
            "No expert of this service embeds, so none can embed the documents of a collection: configure one with 'purpose: embed'.", "model", "no_embedding_expert"));
        var encoded = await encoder.EncodeDocumentsAsync(model, [Probe], deadline.Token);
        var documents = await store.CreateAsync(
            new CollectionSpec(request.Name, model, encoded.Space, encoded.Vectors[0].Length) { Metadata = request.Metadata }, deadline.Token);
        return Reply(await documents.FactsAsync(deadline.Token));
    });

    public async Task<IResult> ListAsync(CancellationToken cancellationToken) => Results.Json(
        new CollectionList([.. (await collections.Store().ListAsync(cancellationToken)).Select(CollectionObject.Of)]), WireJson.Wire.CollectionList);

    public async Task<IResult> GetAsync(string name, CancellationToken cancellationToken) =>
        Reply(await (await collections.Store().OpenAsync(name, cancellationToken)).FactsAsync(cancellationToken));

    /// <summary>Only what names the collection itself: an address that leads here by <c>..</c> was meant for a document.</summary>
    public async Task<IResult> DeleteAsync(string name, HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Contains("/documents", StringComparison.OrdinalIgnoreCase)
            ? throw new ApiException(ApiError.Invalid("The address names no document.", "id", "invalid_value"))
            : await collections.Store().DeleteAsync(name, context.RequestAborted)
            ? Results.Json(new CollectionDeletion(name), WireJson.Wire.CollectionDeletion)
            : throw CollectionException.NoCollection(name);

    public Task<IResult> QueryAsync(string name, HttpContext context) => deadlines.RunAsync(context, async deadline =>
    {
        var documents = await collections.Store().OpenAsync(name, deadline.Token);
        var request = QueryRequest.Read(await body.ReadJsonAsync(context.Request, deadline.Token));
        return Results.Json(await CollectionQuery.RunAsync(documents, request, encoder, deadline.Token), WireJson.Wire.QueryReply);
    });

    static IResult Reply(CollectionFacts facts) => Results.Json(CollectionObject.Of(facts), WireJson.Wire.CollectionObject);
}
