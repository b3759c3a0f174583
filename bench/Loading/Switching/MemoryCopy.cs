using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Loading.Switching;

/// <summary>Copies as many bytes as a file has, in memory: what no load that keeps its own copy can beat.</summary>
sealed unsafe class MemoryCopy : IDisposable
{
    readonly nuint _bytes;
    readonly void* _source;
    readonly void* _kept;

    public MemoryCopy(long bytes)
    {
        _bytes = (nuint)bytes;
        _source = NativeMemory.Alloc(_bytes);
        _kept = NativeMemory.Alloc(_bytes);
        NativeMemory.Fill(_source, _bytes, 1);
        NativeMemory.Fill(_kept, _bytes, 2);
    }

    /// <summary>Into memory that the system has to give first, as a load's is.</summary>
    public void IntoFresh()
    {
        void* fresh = NativeMemory.Alloc(_bytes);
        NativeMemory.Copy(_source, fresh, _bytes);
        NativeMemory.Free(fresh);
    }

    public void IntoKept() => NativeMemory.Copy(_source, _kept, _bytes);

    public void Dispose()
    {
        NativeMemory.Free(_source);
        NativeMemory.Free(_kept);
    }
}
