using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Composition;

/// <summary>Whether start-up is done. Written once by <see cref="ServiceStarter"/>, read by every request.</summary>
sealed class ServiceState
{
    static readonly TimeSpan StartUpRetry = TimeSpan.FromSeconds(2);

    volatile Service? _service;

    public Service? Current => _service;

    public void Set(Service service) => _service = service;

    /// <exception cref="ApiException">503 while experts are still being checked.</exception>
    public Service Ready() => _service
        ?? throw new ApiException(ApiError.Unavailable("The service is starting: its experts are being checked.", StartUpRetry));
}
