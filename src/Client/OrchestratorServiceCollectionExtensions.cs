using Microsoft.Extensions.AI;
using Orchestrator.Client;
using Orchestrator.Client.Connection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Orchestrator's clients, which share one HTTP client and are made when they are first asked for.</summary>
public static class OrchestratorServiceCollectionExtensions
{
    /// <inheritdoc cref="AddOrchestratorClient(IServiceCollection, OrchestratorClientOptions, Func{IServiceProvider, HttpClient}, string)"/>
    /// <param name="endpoint">The service's address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <exception cref="ArgumentException">That is no address of the kind.</exception>
    public static IServiceCollection AddOrchestratorClient(this IServiceCollection services, string endpoint) =>
        services.AddOrchestratorClient(new OrchestratorClientOptions { Endpoint = OptionsCheck.Address(endpoint) });

    /// <inheritdoc cref="AddOrchestratorClient(IServiceCollection, OrchestratorClientOptions, Func{IServiceProvider, HttpClient}, string)"/>
    public static IServiceCollection AddOrchestratorClient(this IServiceCollection services, OrchestratorClientOptions options, string model = "auto") =>
        services.AddOrchestratorClient(options, _ => OwnHttp.Create(options.ConnectTimeout), model);

    /// <summary>
    /// Adds <see cref="IChatClient"/>, <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts,
    /// <see cref="OrchestratorCollections"/> and <see cref="OrchestratorPlugin"/> as singletons. A container gives out the
    /// <see cref="IChatClient"/> that was added last: add a planner after this call, and get the experts under a key, by
    /// <see cref="AddKeyedOrchestratorChatClient"/>.
    /// </summary>
    /// <param name="http">Makes the client that all of them use; closed with the container.</param>
    /// <param name="model">The policy, or expert, that answers where a call names none. Texts are embedded by routing.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it and what is allowed.</exception>
    /// <exception cref="InvalidOperationException">The container has clients of a service already.</exception>
    public static IServiceCollection AddOrchestratorClient(
        this IServiceCollection services, OrchestratorClientOptions options, Func<IServiceProvider, HttpClient> http, string model = "auto")
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        OptionsCheck.Check(options);
        if (services.Any(service => service.ServiceType == typeof(SharedHttp)))
            throw new InvalidOperationException(
                "This container has Orchestrator's clients already, by AddOrchestratorClient or AddOrchestrator: one of them would silently speak "
                + "to the other's service. AddKeyedOrchestratorChatClient adds a client of another policy or expert; another service wants a container of its own.");
        return services
            .AddSingleton(provider => new SharedHttp(options, http(provider)))
            .AddSingleton<IChatClient>(provider => provider.GetRequiredService<SharedHttp>().Chat(model))
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
                provider => provider.GetRequiredService<SharedHttp>().Use((options, http) => new OrchestratorEmbeddingGenerator(options, http: http)))
            .AddSingleton(provider => provider.GetRequiredService<SharedHttp>().Use((options, http) => new OrchestratorCollections(options, http)))
            .AddSingleton(provider => provider.GetRequiredService<SharedHttp>().Use((options, http) => new OrchestratorPlugin(options, model, http)));
    }

    /// <summary>
    /// Adds a chat client of another policy or expert, under its name as the key, beside what <c>AddOrchestratorClient</c> adds. Without
    /// that, asking for it is an <see cref="InvalidOperationException"/>.
    /// </summary>
    public static IServiceCollection AddKeyedOrchestratorChatClient(this IServiceCollection services, string model)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return services.AddKeyedSingleton<IChatClient>(model, (provider, _) => SharedHttp.Of(provider, model).Chat(model));
    }
}
