using Orchestrator.Host.Errors;

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
        .AddSingleton<HealthEndpoints>();

    public static void MapOrchestratorApi(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ErrorEnvelopeMiddleware>();
        app.UseRouting();
        app.MapPost("/v1/chat/completions", (HttpContext context, ChatCompletionsEndpoint chat) => chat.HandleAsync(context));
        app.MapPost("/v1/route", (HttpContext context, RouteEndpoint route) => route.HandleAsync(context));
        app.MapPost("/reload", (ReloadEndpoint reload) => reload.HandleAsync());
        app.MapGet("/v1/models", (ModelsEndpoints models) => models.List());
        app.MapGet("/v1/models/{id}", (string id, ModelsEndpoints models) => models.Get(id));
        app.MapGet("/health", HealthEndpoints.Health);
        app.MapGet("/ready", (HealthEndpoints health) => health.Ready());
    }
}
