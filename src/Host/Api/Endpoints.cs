using Orchestrator.Host.Authentication;
using Orchestrator.Host.Errors;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.Mcp;
using Orchestrator.Host.Monitoring;
using Orchestrator.Host.OpenApi;
using Orchestrator.Host.OpenApi.Operations;

namespace Orchestrator.Host.Api;

/// <summary>The whole REST surface, in the order a request meets it.</summary>
static class Endpoints
{
    static readonly string[] Head = [HttpMethods.Head];
    static readonly string[] GetOrHead = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddOrchestratorApi(this IServiceCollection services) => services
        .AddCors()
        .AddSingleton<RequestBody>()
        .AddSingleton<RequestDeadlines>()
        .AddSingleton<KeepAlive>()
        .AddSingleton<ChatStream>()
        .AddSingleton<ChatCompletionsEndpoint>()
        .AddSingleton<EmbeddingsEndpoint>()
        .AddSingleton<RerankEndpoint>()
        .AddSingleton<RouteEndpoint>()
        .AddSingleton<Evaluator>()
        .AddSingleton<EvaluationsEndpoint>()
        .AddSingleton<FeedbackEndpoint>()
        .AddSingleton<ReloadEndpoint>()
        .AddSingleton<ModelsEndpoints>()
        .AddSingleton<LoadEndpoints>()
        .AddSingleton<RunningEndpoint>()
        .AddSingleton<FilesEndpoints>()
        .AddSingleton<BatchesEndpoints>()
        .AddSingleton<CollectionsEndpoints>()
        .AddSingleton<DocumentsEndpoints>()
        .AddSingleton<HealthEndpoints>()
        .AddSingleton<RequestMetrics>()
        .AddSingleton<FeedbackMetrics>()
        .AddSingleton<MetricsEndpoint>()
        .AddSingleton<ServiceDescription>()
        .AddSingleton<DescriptionEndpoints>();

    public static void MapOrchestratorApi(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<RequestTimerMiddleware>();
        app.UseMiddleware<ErrorEnvelopeMiddleware>();
        app.UseMiddleware<OriginMiddleware>();
        app.UseCors(app.Services.GetRequiredService<AllowedOrigins>().Tell);
        app.UseDocsPage();
        app.UseRouting();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.MapPost("/v1/chat/completions", (HttpContext context, ChatCompletionsEndpoint chat) => chat.HandleAsync(context)).Describe(ChatOperations.Complete);
        app.MapPost("/v1/embeddings", (HttpContext context, EmbeddingsEndpoint embeddings) => embeddings.HandleAsync(context)).Describe(EmbeddingOperations.Embed);
        app.MapPost("/v1/rerank", (HttpContext context, RerankEndpoint rerank) => rerank.HandleAsync(context)).Describe(EmbeddingOperations.Rerank);
        app.MapPost("/v1/route", (HttpContext context, RouteEndpoint route) => route.HandleAsync(context)).Describe(ChatOperations.Route);
        app.MapPost("/v1/evaluations", (HttpContext context, EvaluationsEndpoint evaluations) => evaluations.HandleAsync(context)).Describe(ChatOperations.Evaluate);
        app.MapPost("/v1/feedback", (HttpContext context, FeedbackEndpoint feedback) => feedback.HandleAsync(context)).Describe(ChatOperations.Judge);
        app.MapPost("/reload", (ReloadEndpoint reload) => reload.HandleAsync()).Describe(ServiceOperations.Reload);
        app.MapGet("/v1/models", (ModelsEndpoints models) => models.List()).Describe(ModelOperations.List);
        app.MapGet("/v1/models/{id}", (string id, ModelsEndpoints models) => models.Get(id)).Describe(ModelOperations.Get);
        app.MapPost("/v1/files", (HttpContext context, FilesEndpoints files) => files.UploadAsync(context)).Describe(JobOperations.Upload);
        app.MapGet("/v1/files", (HttpContext context, FilesEndpoints files) => files.List(context.Request)).Describe(JobOperations.ListFiles);
        app.MapGet("/v1/files/{id}", (string id, FilesEndpoints files) => files.Get(id)).Describe(JobOperations.GetFile);
        app.MapGet("/v1/files/{id}/content", (string id, FilesEndpoints files) => files.Content(id)).Describe(JobOperations.GetContent);
        app.MapDelete("/v1/files/{id}", (string id, FilesEndpoints files) => files.DeleteAsync(id)).Describe(JobOperations.DeleteFile);
        app.MapPost("/v1/batches", (HttpContext context, BatchesEndpoints batches) => batches.CreateAsync(context)).Describe(JobOperations.CreateBatch);
        app.MapGet("/v1/batches", (HttpContext context, BatchesEndpoints batches) => batches.List(context.Request)).Describe(JobOperations.ListBatches);
        app.MapGet("/v1/batches/{id}", (string id, BatchesEndpoints batches) => batches.Get(id)).Describe(JobOperations.GetBatch);
        app.MapPost("/v1/batches/{id}/cancel", (string id, BatchesEndpoints batches) => batches.CancelAsync(id)).Describe(JobOperations.CancelBatch);
        app.MapPost("/v1/collections", (HttpContext context, CollectionsEndpoints collections) => collections.CreateAsync(context)).Describe(CollectionOperations.Create);
        app.MapGet("/v1/collections", (CollectionsEndpoints collections, CancellationToken cancelled) => collections.ListAsync(cancelled)).Describe(CollectionOperations.List);
        app.MapGet("/v1/collections/{name}", (string name, CollectionsEndpoints collections, CancellationToken cancelled) => collections.GetAsync(name, cancelled)).Describe(CollectionOperations.Get);
        app.MapDelete("/v1/collections/{name}", (string name, HttpContext context, CollectionsEndpoints collections) => collections.DeleteAsync(name, context)).Describe(CollectionOperations.Delete);
        app.MapPost("/v1/collections/{name}/query", (string name, HttpContext context, CollectionsEndpoints collections) => collections.QueryAsync(name, context)).Describe(CollectionOperations.Query);
        app.MapPost("/v1/collections/{name}/documents", (string name, HttpContext context, DocumentsEndpoints documents) => documents.UpsertAsync(name, context)).Describe(DocumentOperations.Add);
        app.MapPut("/v1/collections/{name}/documents", (string name, HttpContext context, DocumentsEndpoints documents) => documents.UpsertAsync(name, context)).Describe(DocumentOperations.Put);
        app.MapGet("/v1/collections/{name}/documents", (string name, HttpContext context, DocumentsEndpoints documents) => documents.ListAsync(name, context)).Describe(DocumentOperations.List);
        app.MapPost("/v1/collections/{name}/documents/delete", (string name, HttpContext context, DocumentsEndpoints documents) => documents.DeleteManyAsync(name, context)).Describe(DocumentOperations.DeleteMany);
        app.MapGet("/v1/collections/{name}/documents/{**id}", (string name, HttpContext context, DocumentsEndpoints documents) => documents.GetAsync(name, context)).Describe(DocumentOperations.Get);
        app.MapDelete("/v1/collections/{name}/documents/{**id}", (string name, HttpContext context, DocumentsEndpoints documents) => documents.DeleteAsync(name, context)).Describe(DocumentOperations.Delete);
        app.MapPost("/models/load", (HttpContext context, LoadEndpoints loads) => loads.LoadAsync(context)).Describe(ModelOperations.Load);
        app.MapPost("/models/unload", (HttpContext context, LoadEndpoints loads) => loads.UnloadAsync(context)).Describe(ModelOperations.Unload);
        app.MapGet("/running", (RunningEndpoint running) => running.List()).Describe(ModelOperations.Running);
        app.MapGet("/health", HealthEndpoints.Health).AllowAnonymous().Describe(ServiceOperations.Health);
        app.MapGet("/ready", (HealthEndpoints health) => health.Ready()).AllowAnonymous().Describe(ServiceOperations.Ready);
        app.MapMethods("/health", Head, HealthEndpoints.Health).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/ready", Head, (HealthEndpoints health) => health.Ready()).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/metrics", (HttpContext context, MetricsEndpoint metrics) => metrics.HandleAsync(context)).Describe(ServiceOperations.Metrics);
        app.MapMcp("/mcp").AddEndpointFilter<IEndpointConventionBuilder, MessageBody>().ExcludeFromDescription();
        app.MapMethods("/", GetOrHead, DocsPage.Home).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods(DescriptionEndpoints.Usual, GetOrHead, (DescriptionEndpoints description) => description.GetUsual()).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods(DescriptionEndpoints.Newer, GetOrHead, (DescriptionEndpoints description) => description.GetNewer()).AllowAnonymous().ExcludeFromDescription();
    }
}
