namespace Orchestrator.Host.InMemory;

/// <summary>Where requests of this process enter the application's pipeline: at its very head, as those of Kestrel do.</summary>
sealed class Entrance(IServiceScopeFactory scopes)
{
    volatile RequestDelegate? _pipeline;

    /// <summary>Stands where a connection has the service's address.</summary>
    public static Uri Address { get; } = new("http://in-process");

    public IServiceScopeFactory Scopes { get; } = scopes;

    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public RequestDelegate Pipeline => _pipeline ?? throw new InvalidOperationException("The application has no pipeline before it has started.");

    /// <summary>The first middleware of the application: it only remembers what comes after it.</summary>
    public RequestDelegate Remember(RequestDelegate pipeline) => _pipeline = pipeline;
}
