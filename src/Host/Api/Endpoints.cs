using Orchestrator.Host.Errors;
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
        .AddSingleton<RouteEndpoint>()
        .AddSingleton<ReloadEndpoint>()
        .AddSingleton<ModelsEndpoints>()
        .AddSingleton<LoadEndpoints>()
        .AddSingleton<RunningEndpoint>()
        .AddSingleton<HealthEndpoints>()
        .AddSingleton<RequestMetrics>()
        .AddSingleton<MetricsEndpoint>();

    public static void MapOrchestratorApi(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<RequestTimerMiddleware>();
        app.UseMiddleware<ErrorEnvelopeMiddleware>();
        app.UseRouting();
        app.MapPost("/v1/chat/completions", (HttpContext context, ChatCompletionsEndpoint chat) => chat.HandleAsync(context));
        app.MapPost("/v1/route", (HttpContext context, RouteEndpoint route) => route.HandleAsync(context));
        app.MapPost("/reload", (ReloadEndpoint reload) => reload.HandleAsync());
        app.MapGet("/v1/models", (ModelsEndpoints models) => models.List());
        app.MapGet("/v1/models/{id}", (string id, ModelsEndpoints models) => models.Get(id));
        app.MapPost("/models/load", (HttpContext context, LoadEndpoints loads) => loads.LoadAsync(context));
        app.MapPost("/models/unload", (HttpContext context, LoadEndpoints loads) => loads.UnloadAsync(context));
        app.MapGet("/running", (RunningEndpoint running) => running.List());
        app.MapGet("/health", HealthEndpoints.Health);
        app.MapGet("/ready", (HealthEndpoints health) => health.Ready());
        app.MapGet("/metrics", (HttpContext context, MetricsEndpoint metrics) => metrics.HandleAsync(context));
    }
}
