namespace Orchestrator.Host.OpenApi;

static class OperationMapping
{
    /// <summary>Says in the description of the service what the endpoint does.</summary>
    public static T Describe<T>(this T endpoint, Operation operation) where T : IEndpointConventionBuilder => endpoint.WithMetadata(operation);
}
