using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary>How long one request may take; the clock starts when this is made.</summary>
sealed class RequestDeadline : IDisposable
{
    readonly TimeSpan _timeout;
    readonly CancellationToken _clientGone;
    readonly CancellationTokenSource _timer;
    readonly CancellationTokenSource _either;

    public RequestDeadline(TimeSpan timeout, TimeProvider time, CancellationToken clientGone)
    {
        _timeout = timeout;
        _clientGone = clientGone;
        _timer = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, clientGone);
    }

    /// <summary>Cancelled when the time is over or the client went away.</summary>
    public CancellationToken Token => _either.Token;

    public bool Expired => _timer.IsCancellationRequested && !_clientGone.IsCancellationRequested;

    public ApiError Error => new(
        StatusCodes.Status504GatewayTimeout,
        $"The answer took longer than server.request_timeout ({_timeout}).", "server_error", Code: "timeout");

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
