using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Orchestrator.Client;
using Orchestrator.Host.InMemory;
using Orchestrator.InProcess;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the whole service in this process, with the clients that a remote one has.</summary>
public static class OrchestratorInProcessExtensions
{
    const string Section = "Orchestrator";

    /// <summary>
    /// Adds <see cref="IChatClient"/>, <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts,
    /// <see cref="OrchestratorCollections"/> and <see cref="OrchestratorPlugin"/> as singletons, over a service that runs in this
    /// process. It starts once: with the host where there is one, else with the first call, which waits for it; and it ends with
    /// the container. A start that fails is an <see cref="OrchestratorException"/> of every call, with all problems in its message.
    /// </summary>
    /// <param name="configFile">Path of <c>orchestrator.yaml</c>, from the working directory. Where it listens is not used.</param>
    /// <param name="model">The policy, or expert, that answers where a call names none.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    /// <exception cref="InvalidOperationException">There is a service in the container already.</exception>
    public static IServiceCollection AddOrchestrator(this IServiceCollection services, string configFile, string model = "auto")
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(configFile);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        if (services.Any(service => service.ServiceType == typeof(EmbeddedService)))
            throw new InvalidOperationException(
                "AddOrchestrator was called already for this container. One service has any number of policies and experts: "
                + "AddKeyedOrchestratorChatClient adds a client of another.");
        // As it is now: a program may change its working directory before the first call.
        var path = Path.GetFullPath(configFile);
        // The start and a load may take minutes: server.request_timeout is the only limit. Nor is there a connection to try again.
        var options = new OrchestratorClientOptions { Endpoint = Entrance.Address, Timeout = Timeout.InfiniteTimeSpan, Retries = 0 };
        // First, since it refuses a container that has clients already: then nothing must have been added.
        services.AddOrchestratorClient(
            options, provider => new HttpClient(new StartingHandler(provider.GetRequiredService<EmbeddedService>())) { Timeout = Timeout.InfiniteTimeSpan }, model);
        return services
            .AddSingleton(provider => new EmbeddedService(path, provider.GetService<Logging.ILoggerFactory>()))
            .AddHostedService<EarlyStart>();
    }

    /// <inheritdoc cref="AddOrchestrator(IServiceCollection, string, string)"/>
    /// <param name="configuration">
    /// A section <c>Orchestrator</c>, or what holds one, with <c>Config</c>, the path of <c>orchestrator.yaml</c>, and if wanted
    /// <c>Model</c>, which is <c>auto</c> otherwise.
    /// </param>
    /// <exception cref="OrchestratorException">It names no file.</exception>
    public static IServiceCollection AddOrchestrator(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section) is var inner && inner.Exists() ? inner : configuration;
        return section["Config"] is { Length: > 0 } file
            ? services.AddOrchestrator(file, section["Model"] is { Length: > 0 } model ? model : "auto")
            : throw StartFailure.NoFile($"{Section}:Config");
    }
}
