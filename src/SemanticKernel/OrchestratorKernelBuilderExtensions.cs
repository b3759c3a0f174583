using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;
using Orchestrator.Client;
using Orchestrator.SemanticKernel;

namespace Microsoft.SemanticKernel;

/// <summary>Adds routed experts to a kernel.</summary>
public static class OrchestratorKernelBuilderExtensions
{
    const string ServiceId = "orchestrator";

    /// <summary>
    /// Adds the plugin <c>orchestrator</c> for a planner that calls tools, and a chat completion service, which is the kernel's default
    /// where there is no other. Beside a planner that is an <see cref="IChatClient"/> alone, which a kernel passes over as soon as there
    /// is any chat completion service, use <see cref="AddOrchestratorPlugin"/>.
    /// </summary>
    /// <param name="model">Policy or expert that is asked where a request names none.</param>
    /// <param name="serviceId">Of the chat completion service, for execution settings.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it and what is allowed.</exception>
    /// <exception cref="InvalidOperationException">The kernel has the plugin already.</exception>
    public static IKernelBuilder AddOrchestrator(
        this IKernelBuilder builder, OrchestratorClientOptions options, string model = "auto", string serviceId = ServiceId)
    {
        builder.AddOrchestratorPlugin(options, model);
        builder.Services.AddKeyedSingleton(serviceId, (_, _) => new OrchestratorChatClient(options, model));
        return builder.AddChat(serviceId, services => services.GetRequiredKeyedService<OrchestratorChatClient>(serviceId));
    }

    /// <param name="endpoint">Such as <c>http://127.0.0.1:8080</c>.</param>
    /// <inheritdoc cref="AddOrchestrator(IKernelBuilder, OrchestratorClientOptions, string, string)"/>
    public static IKernelBuilder AddOrchestrator(this IKernelBuilder builder, string endpoint, string model = "auto", string serviceId = ServiceId) =>
        builder.AddOrchestrator(new OrchestratorClientOptions { Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) }, model, serviceId);

    /// <summary>The same over what the builder's services have already: a client added there, or the experts in this process.</summary>
    public static IKernelBuilder AddOrchestrator(this IKernelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddPlugin().AddChat(ServiceId, Experts);
    }

    /// <summary>The plugin alone, for a kernel with a chat model of its own.</summary>
    /// <exception cref="ArgumentException">An option is wrong; the message names it and what is allowed.</exception>
    /// <exception cref="InvalidOperationException">The kernel has the plugin already.</exception>
    public static IKernelBuilder AddOrchestratorPlugin(this IKernelBuilder builder, OrchestratorClientOptions options, string model = "auto")
    {
        ArgumentNullException.ThrowIfNull(builder);
        // A wrong option is told here, not by the first call.
        new OrchestratorPlugin(options, model).Dispose();
        builder.AddPlugin();
        builder.Services.AddSingleton(_ => new OrchestratorPlugin(options, model));
        return builder;
    }

    static IKernelBuilder AddPlugin(this IKernelBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(OrchestratorKernelPlugin)))
            throw new InvalidOperationException("Orchestrator was added to this kernel already: one plugin reaches all its policies and experts.");
        builder.Services.AddSingleton(services => new OrchestratorKernelPlugin(services.GetService<OrchestratorPlugin>() ?? throw Missing()));
        builder.Services.AddSingleton<KernelPlugin>(services => services.GetRequiredService<OrchestratorKernelPlugin>());
        return builder;
    }

    static IKernelBuilder AddChat(this IKernelBuilder builder, string serviceId, Func<IServiceProvider, IChatClient> experts)
    {
        // First of all: a kernel takes the last chat service for its default, whatever its key.
        builder.Services.Insert(0, ServiceDescriptor.KeyedSingleton(serviceId, (services, _) =>
            experts(services).AsBuilder().UseKernelFunctionInvocation().Build(services).AsChatCompletionService(services)));
        return builder;
    }

    /// <summary>Among the chat clients, of which a planner may be another.</summary>
    static IChatClient Experts(IServiceProvider services) =>
        services.GetServices<IChatClient>().LastOrDefault(client => client.GetService<OrchestratorChatClient>() is not null)
        ?? throw Missing();

    static InvalidOperationException Missing() => new(
        "The kernel's services have no Orchestrator: call builder.Services.AddOrchestratorClient or AddOrchestrator first, or give an endpoint.");
}
