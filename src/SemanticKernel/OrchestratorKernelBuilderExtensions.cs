using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SemanticKernel.ChatCompletion;
using Orchestrator.Client;
using Orchestrator.SemanticKernel;

namespace Microsoft.SemanticKernel;

public static class OrchestratorKernelBuilderExtensions
{
    /// <summary>
    /// Adds routed experts to a kernel: the plugin <c>orchestrator</c> for a planner that calls tools, and a chat completion
    /// service of the id <paramref name="serviceId"/>, which is the kernel's default where there is no other. Experts call no tools
    /// themselves, so a planner has to be a model that does.
    /// </summary>
    /// <param name="model">Policy or expert that is asked where a request names none.</param>
    public static IKernelBuilder AddOrchestrator(
        this IKernelBuilder builder, OrchestratorClientOptions options, string model = "auto", string serviceId = "orchestrator")
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOrchestratorClient(options, model);
        builder.Services.AddSingleton<KernelPlugin>(services => new OrchestratorKernelPlugin(services.GetRequiredService<OrchestratorPlugin>()));
        builder.Services.AddKeyedSingleton(serviceId, (services, _) => ChatCompletion(services));
        builder.Services.TryAddSingleton(services => services.GetRequiredKeyedService<IChatCompletionService>(serviceId));
        return builder;
    }

    /// <param name="endpoint">Such as <c>http://127.0.0.1:8080</c>.</param>
    public static IKernelBuilder AddOrchestrator(this IKernelBuilder builder, string endpoint, string model = "auto", string serviceId = "orchestrator") =>
        builder.AddOrchestrator(new OrchestratorClientOptions { Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) }, model, serviceId);

    static IChatCompletionService ChatCompletion(IServiceProvider services) =>
        services.GetRequiredService<IChatClient>().AsBuilder().UseKernelFunctionInvocation().Build(services).AsChatCompletionService(services);
}
