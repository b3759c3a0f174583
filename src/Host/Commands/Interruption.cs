using System.Runtime.InteropServices;

namespace Orchestrator.Host.Commands;

/// <summary>Ctrl-C and termination end a command in good order; a second Ctrl-C ends the process at once.</summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource _stop;
    readonly PosixSignalRegistration[] _signals;

    /// <param name="cancellationToken">Ends the command too.</param>
    public Interruption(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _stop.Dispose();
    }

    void Stop(PosixSignalContext signal)
    {
        if (_stop.IsCancellationRequested) return;
        signal.Cancel = true;
        _stop.Cancel();
    }
}
