using Orchestrator.Host.OpenAi;
using Orchestrator.Router.Feedback;

namespace Orchestrator.Host.Composition;

/// <summary>Whether start-up is done. Written by <see cref="ServiceStarter"/>, then by reloads and by feedback, read once by every request.</summary>
sealed class ServiceState : IDisposable
{
    static readonly TimeSpan StartUpRetry = TimeSpan.FromSeconds(2);

    readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    /// <summary>Embedding what feedback is about may have to be waited for.</summary>
    readonly SemaphoreSlim _turn = new(1, 1);
    volatile Service? _service;
    FeedbackEvidence _evidence = FeedbackEvidence.None;

    public Service? Current => _service;

    /// <summary>Completes with the first service.</summary>
    public Task Started => _started.Task;

    public async Task SetAsync(Service service, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _service = service with { Router = await service.Router.WithAsync(_evidence, cancellationToken) };
        }
        finally
        {
            _turn.Release();
        }

        _started.TrySetResult();
        // What the first questions would otherwise wait for.
        _ = Task.Run(service.Router.Warm, CancellationToken.None);
    }

    /// <summary>Routers know it from now on, those of later configurations too.</summary>
    public async Task LearnAsync(FeedbackEvidence evidence, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _evidence = evidence;
            if (_service is { } service)
                _service = service with { Router = await service.Router.WithAsync(evidence, cancellationToken) };
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <exception cref="ApiException">503 while experts are still being checked.</exception>
    public Service Ready() => _service
        ?? throw new ApiException(ApiError.Unavailable("The service is starting: its experts are being checked.", StartUpRetry));
}
