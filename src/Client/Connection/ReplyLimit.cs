namespace Orchestrator.Client.Connection;

/// <summary>Until when a reply may go on: as long as its caller wants it and its time is not over.</summary>
sealed class ReplyLimit : IDisposable
{
    readonly CancellationTokenSource _over;
    readonly CancellationTokenRegistration _gone;

    public ReplyLimit(TimeSpan timeout, TimeProvider time, CancellationToken caller)
    {
        Caller = caller;
        _over = new CancellationTokenSource(timeout, time);
        Token = _over.Token;
        _gone = caller.UnsafeRegister(static over => ((CancellationTokenSource)over!).Cancel(), _over);
    }

    public CancellationToken Caller { get; }

    public CancellationToken Token { get; }

    /// <summary>Whether it was the time that ended it.</summary>
    public bool IsOver => Token.IsCancellationRequested && !Caller.IsCancellationRequested;

    public void Dispose()
    {
        // In this order: it waits for a cancellation that is under way.
        _gone.Dispose();
        _over.Dispose();
    }
}
