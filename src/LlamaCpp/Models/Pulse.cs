using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Models;

/// <summary>
/// Proof of life of one context, and the way to stop it. On the CPU llama.cpp polls it after every node of the graph; a
/// GPU never does, so there it moves with the steps alone and a step cannot be stopped.
/// </summary>
sealed unsafe class Pulse
{
    const int Beats = 0;
    const int Stop = 1;

    // Pinned and collected like any object: whoever still reads it after the context has gone reads memory that is there.
    readonly long[] _state = GC.AllocateArray<long>(2, pinned: true);

    /// <summary>Grows as long as the context computes.</summary>
    public long Count => Volatile.Read(ref _state[Beats]);

    /// <summary>Ends the decode that runs, and every later one after its first node, with return code 2.</summary>
    public bool Stopped
    {
        get => Volatile.Read(ref _state[Stop]) != 0;
        set => Volatile.Write(ref _state[Stop], value ? 1 : 0);
    }

    public static delegate* unmanaged[Cdecl]<nint, byte> Callback => &OnNode;

    /// <summary>What the callback gets; valid as long as this object is.</summary>
    public nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_state, 0);

    /// <summary>Called by the decoding thread, the only one that counts.</summary>
    public void Beat() => Volatile.Write(ref _state[Beats], _state[Beats] + 1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static byte OnNode(nint state)
    {
        var values = (long*)state;
        Volatile.Write(ref values[Beats], values[Beats] + 1);
        return Volatile.Read(ref values[Stop]) != 0 ? (byte)1 : (byte)0;
    }
}
