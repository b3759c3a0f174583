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
    /// where there is no other.
    /// </summary>
    /// <param name="model">Policy or expert that is asked where a request names none.</param>
    /// <param name="serviceId">Of the chat completion service, for execution settings.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names it and what is allowed.</exception>
    public static IKernelBuilder AddOrchestrator(
        this IKernelBuilder builder, OrchestratorClientOptions options, string model = "auto", string serviceId = ServiceId)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOrchestratorClient(options, model);
        return builder.AddChat(serviceId).AddPlugin();
    }

    /// <param name="endpoint">Such as <c>http://127.0.0.1:8080</c>.</param>
    /// <inheritdoc cref="AddOrchestrator(IKernelBuilder, OrchestratorClientOptions, string, string)"/>
    public static IKernelBuilder AddOrchestrator(this IKernelBuilder builder, string endpoint, string model = "auto", string serviceId = ServiceId) =>
        builder.AddOrchestrator(new OrchestratorClientOptions { Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) }, model, serviceId);

    /// <summary>The same over what the builder's services have already: a client added there, or the experts in this process.</summary>
    public static IKernelBuilder AddOrchestrator(this IKernelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddChat(ServiceId).AddPlugin();
    }

    /// <summary>The plugin alone, for a kernel with a chat model of its own.</summary>
    public static IKernelBuilder AddOrchestratorPlugin(this IKernelBuilder builder, OrchestratorClientOptions options, string model = "auto")
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(_ => new OrchestratorPlugin(options, model));
        return builder.AddPlugin();
    }

    static IKernelBuilder AddChat(this IKernelBuilder builder, string serviceId)
    {
        // First of all: a kernel takes the last chat service for its default, whatever its key.
        builder.Services.Insert(0, ServiceDescriptor.KeyedSingleton(serviceId, (services, _) => ChatCompletion(services)));
        return builder;
    }

    static IKernelBuilder AddPlugin(this IKernelBuilder builder)
    {
        builder.Services.AddSingleton<KernelPlugin>(services => new OrchestratorKernelPlugin(services.GetRequiredService<OrchestratorPlugin>()));
        return builder;
    }

    static IChatCompletionService ChatCompletion(IServiceProvider services) =>
        services.GetRequiredService<IChatClient>().AsBuilder().UseKernelFunctionInvocation().Build(services).AsChatCompletionService(services);
}
