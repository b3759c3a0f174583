using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>What the native progress callback needs: where to report, and whether to go on.</summary>
sealed class LoadProgress(IProgress<float>? progress, CancellationToken cancellationToken)
{
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
        if (cancellationToken.IsCancellationRequested)
            return false;
        progress?.Report(share);
        return true;
    }
}
