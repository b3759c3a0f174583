using Orchestrator.Host.OpenAi;
using Orchestrator.Router.Feedback;

namespace Orchestrator.Host.Composition;

/// <summary>Whether start-up is done. Written by <see cref="ServiceStarter"/>, then by reloads and by feedback, read once by every request.</summary>
sealed class ServiceState
{
    static readonly TimeSpan StartUpRetry = TimeSpan.FromSeconds(2);

    readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _turn = new();
    volatile Service? _service;
    FeedbackEvidence _evidence = FeedbackEvidence.None;

    public Service? Current => _service;

    /// <summary>Completes with the first service.</summary>
    public Task Started => _started.Task;

    public void Set(Service service)
    {
        lock (_turn) _service = service with { Router = service.Router.With(_evidence) };
        _started.TrySetResult();
    }

    /// <summary>Routers know it from now on, those of later configurations too.</summary>
    public void Learn(FeedbackEvidence evidence)
    {
        lock (_turn)
        {
            _evidence = evidence;
            if (_service is { } service) _service = service with { Router = service.Router.With(evidence) };
        }
    }

    /// <exception cref="ApiException">503 while experts are still being checked.</exception>
    public Service Ready() => _service
        ?? throw new ApiException(ApiError.Unavailable("The service is starting: its experts are being checked.", StartUpRetry));
}
