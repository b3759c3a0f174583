using Microsoft.Extensions.Logging.Console;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Api;
using Orchestrator.Host.Authentication;
using Orchestrator.Host.Feedback;
using Orchestrator.Host.InMemory;
using Orchestrator.Host.Mcp;
using Orchestrator.Host.Pipeline;
using Orchestrator.Host.Reloading;
using Orchestrator.Host.Retrieval;
using Orchestrator.Retrieval.Collections;

namespace Orchestrator.Host.Composition;

/// <summary>
/// The web application of <c>orchestrator serve</c>; tests build the same one on a free port, and programs that embed the
/// service one that listens nowhere.
/// </summary>
static class WebHost
{
    /// <param name="urls">Separated by <c>;</c>; null listens nowhere and leaves signals and console to the program around.</param>
    /// <param name="services">Adds to or replaces what is registered here.</param>
    /// <exception cref="ConfigException">An address is none, or the keys that clients must present are missing.</exception>
    public static WebApplication Build(
        OrchestratorConfig config, string? urls, Action<ILoggingBuilder>? logging = null, Action<IServiceCollection>? services = null)
    {
        // The empty builder reads no appsettings, environment or arguments: orchestrator.yaml is the one configuration.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var listen = urls is null ? [] : ListenAddress.ParseAll(urls);
        if (urls is null) UseNoServer(builder);
        else UseKestrel(builder.WebHost, listen);
        builder.Services.AddLogging(logging ?? AddConsole);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(config);
        builder.Services.AddSingleton(config.Server);
        // Nobody comes in from outside where nothing listens.
        var keys = ApiKeys.From(urls is null ? config.Server with { ApiKeyEnv = null } : config.Server, Environment.GetEnvironmentVariable);
        builder.Services.AddSingleton(keys);
        builder.Services.AddSingleton(AllowedOrigins.From(config.Server, listen.All(address => address.Loopback)));
        builder.Services.AddSingleton<ServiceState>();
        builder.Services.AddSingleton<ServiceBuilder>();
        builder.Services.AddSingleton<ServiceStarter>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ServiceStarter>());
        // Stopped before the starter, which takes the pool away.
        builder.Services.AddSingleton<JobsState>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<JobsState>());
        // The container closes it, after everything that uses it has stopped.
        builder.Services.AddSingleton<OpenedCollections>();
        builder.Services.AddSingleton<CollectionsState>();
        builder.Services.AddSingleton<RoutedRequests>();
        builder.Services.AddSingleton<FeedbackLearner>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FeedbackLearner>());
        builder.Services.AddSingleton<ConfigReloader>();
        builder.Services.AddHostedService<ConfigWatcher>();
        builder.Services.AddSingleton<RequestPipeline>();
        builder.Services.AddSingleton<ICollectionEncoder>(provider =>
            new CollectionEncoder(() => provider.GetRequiredService<ServiceState>().Ready().Embedder));
        builder.Services.AddSingleton<Entrance>();
        builder.Services.AddOrchestratorMcp();
        builder.Services.AddOrchestratorApi();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use(app.Services.GetRequiredService<Entrance>().Remember);
        app.MapOrchestratorApi();
        var logger = app.Services.GetRequiredService<ILogger<ServiceStarter>>();
        foreach (var address in listen.Where(address => !address.Loopback))
        {
            if (keys.Required) Log.InTheClear(logger, address.Url);
            else Log.BeyondLoopback(logger, address.Url);
        }

        return app;
    }

    static void UseKestrel(IWebHostBuilder web, IReadOnlyList<ListenAddress> listen) => web
        .UseUrls([.. listen.Select(address => address.Url)])
        .UseKestrelCore()
        .ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // RequestBody keeps the limit.
        });

    static void UseNoServer(WebApplicationBuilder builder)
    {
        builder.WebHost.UseServer(new SilentServer());
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
    }

    internal static void AddConsole(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("MassTransit", LogLevel.Warning)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
        // It logs mistakes of clients as failures, with traces. What the tools meet, the service logs as it does for all requests.
        .AddFilter("ModelContextProtocol", LogLevel.Critical)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
}
