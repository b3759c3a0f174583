using Orchestrator.Host.Authentication;
using Orchestrator.Host.Errors;
using Orchestrator.Host.Evaluations;
using Orchestrator.Host.Monitoring;

namespace Orchestrator.Host.Api;

/// <summary>The whole REST surface, in the order a request meets it.</summary>
static class Endpoints
{
    public static IServiceCollection AddOrchestratorApi(this IServiceCollection services) => services
        .AddSingleton<RequestBody>()
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
        .AddSingleton<MetricsEndpoint>();

    public static void MapOrchestratorApi(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<RequestTimerMiddleware>();
        app.UseMiddleware<ErrorEnvelopeMiddleware>();
        app.UseRouting();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.MapPost("/v1/chat/completions", (HttpContext context, ChatCompletionsEndpoint chat) => chat.HandleAsync(context));
        app.MapPost("/v1/embeddings", (HttpContext context, EmbeddingsEndpoint embeddings) => embeddings.HandleAsync(context));
        app.MapPost("/v1/rerank", (HttpContext context, RerankEndpoint rerank) => rerank.HandleAsync(context));
        app.MapPost("/v1/route", (HttpContext context, RouteEndpoint route) => route.HandleAsync(context));
        app.MapPost("/v1/evaluations", (HttpContext context, EvaluationsEndpoint evaluations) => evaluations.HandleAsync(context));
        app.MapPost("/v1/feedback", (HttpContext context, FeedbackEndpoint feedback) => feedback.HandleAsync(context));
        app.MapPost("/reload", (ReloadEndpoint reload) => reload.HandleAsync());
        app.MapGet("/v1/models", (ModelsEndpoints models) => models.List());
        app.MapGet("/v1/models/{id}", (string id, ModelsEndpoints models) => models.Get(id));
        app.MapPost("/v1/files", (HttpContext context, FilesEndpoints files) => files.UploadAsync(context));
        app.MapGet("/v1/files", (HttpContext context, FilesEndpoints files) => files.List(context.Request));
        app.MapGet("/v1/files/{id}", (string id, FilesEndpoints files) => files.Get(id));
        app.MapGet("/v1/files/{id}/content", (string id, FilesEndpoints files) => files.Content(id));
        app.MapDelete("/v1/files/{id}", (string id, FilesEndpoints files) => files.DeleteAsync(id));
        app.MapPost("/v1/batches", (HttpContext context, BatchesEndpoints batches) => batches.CreateAsync(context));
        app.MapGet("/v1/batches", (HttpContext context, BatchesEndpoints batches) => batches.List(context.Request));
        app.MapGet("/v1/batches/{id}", (string id, BatchesEndpoints batches) => batches.Get(id));
        app.MapPost("/v1/batches/{id}/cancel", (string id, BatchesEndpoints batches) => batches.CancelAsync(id));
        app.MapPost("/v1/collections", (HttpContext context, CollectionsEndpoints collections) => collections.CreateAsync(context));
        app.MapGet("/v1/collections", (CollectionsEndpoints collections, CancellationToken cancelled) => collections.ListAsync(cancelled));
        app.MapGet("/v1/collections/{name}", (string name, CollectionsEndpoints collections, CancellationToken cancelled) => collections.GetAsync(name, cancelled));
        app.MapDelete("/v1/collections/{name}", (string name, HttpContext context, CollectionsEndpoints collections) => collections.DeleteAsync(name, context));
        app.MapPost("/v1/collections/{name}/query", (string name, HttpContext context, CollectionsEndpoints collections) => collections.QueryAsync(name, context));
        app.MapMethods("/v1/collections/{name}/documents", ["POST", "PUT"], (string name, HttpContext context, DocumentsEndpoints documents) => documents.UpsertAsync(name, context));
        app.MapGet("/v1/collections/{name}/documents", (string name, HttpContext context, DocumentsEndpoints documents) => documents.ListAsync(name, context));
        app.MapPost("/v1/collections/{name}/documents/delete", (string name, HttpContext context, DocumentsEndpoints documents) => documents.DeleteManyAsync(name, context));
        app.MapGet("/v1/collections/{name}/documents/{**id}", (string name, HttpContext context, DocumentsEndpoints documents) => documents.GetAsync(name, context));
        app.MapDelete("/v1/collections/{name}/documents/{**id}", (string name, HttpContext context, DocumentsEndpoints documents) => documents.DeleteAsync(name, context));
        app.MapPost("/models/load", (HttpContext context, LoadEndpoints loads) => loads.LoadAsync(context));
        app.MapPost("/models/unload", (HttpContext context, LoadEndpoints loads) => loads.UnloadAsync(context));
        app.MapMcp("/mcp");
        app.MapGet("/running", (RunningEndpoint running) => running.List());
        app.MapGet("/health", HealthEndpoints.Health).AllowAnonymous();
        app.MapGet("/ready", (HealthEndpoints health) => health.Ready()).AllowAnonymous();
        app.MapGet("/metrics", (HttpContext context, MetricsEndpoint metrics) => metrics.HandleAsync(context));
    }
}
