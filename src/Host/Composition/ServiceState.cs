using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Composition;

/// <summary>Whether start-up is done. Written by <see cref="ServiceStarter"/> and then by reloads, read once by every request.</summary>
sealed class ServiceState
{
    static readonly TimeSpan StartUpRetry = TimeSpan.FromSeconds(2);

    readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile Service? _service;

    public Service? Current => _service;

    /// <summary>Completes with the first service.</summary>
    public Task Started => _started.Task;

    public void Set(Service service)
    {
        _service = service;
        _started.TrySetResult();
    }

    /// <exception cref="ApiException">503 while experts are still being checked.</exception>
    public Service Ready() => _service
        ?? throw new ApiException(ApiError.Unavailable("The service is starting: its experts are being checked.", StartUpRetry));
}
