using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>Someone who waits for a load.</summary>
sealed record LoadUser(IProgress<float>? Progress, CancellationToken Cancellation);

/// <summary>What the native progress callback needs: where to report, and whether anyone still waits.</summary>
sealed class LoadProgress(LoadUser first)
{
    readonly Lock _lock = new();
    readonly List<LoadUser> _users = [first];
    bool _stopped;

    /// <summary>False when the load is being stopped because all who waited have gone.</summary>
    public bool TryJoin(LoadUser user)
    {
        lock (_lock)
        {
            if (_stopped)
                return false;
            _users.Add(user);
            return true;
        }
    }

    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public void ThrowIfStopped()
    {
        if (!Waiting(out _))
            throw new OperationCanceledException(first.Cancellation);
    }

    /// <summary>Zero stops the load; called on the loading thread, once per tensor.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static byte OnProgress(float share, nint state)
    {
        try
        {
            return ((LoadProgress)GCHandle.FromIntPtr(state).Target!).Report(share) ? (byte)1 : (byte)0;
        }
        catch (Exception)
        {
            // A throwing observer must not unwind through native frames; it costs the load.
            return 0;
        }
    }

    bool Report(float share)
    {
        if (!Waiting(out var users))
            return false;
        foreach (var user in users)
            user.Progress?.Report(share);
        return true;
    }

    bool Waiting(out LoadUser[] users)
    {
        lock (_lock)
        {
            users = [.. _users.Where(user => !user.Cancellation.IsCancellationRequested)];
            _stopped |= users.Length == 0;
            return !_stopped;
        }
    }
}
