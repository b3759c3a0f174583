using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Native;

/// <summary><c>ggml_tensor</c> of llama.cpp 0.5.0, 336 bytes: a node of a graph. Its data may lie in the memory of a device.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct GraphTensor
{
    public const int F32 = 0;
    public const int F16 = 1;

    const int MaxName = 64;

    public int Type;
    public nint Buffer;
    public fixed long Shape[4];

    /// <summary>Bytes from one element to the next along each dimension.</summary>
    public fixed ulong Strides[4];

    public int Operation;
    public fixed int Parameters[16];
    public int Flags;
    public fixed ulong Sources[10];
    public nint ViewSource;
    public nuint ViewOffset;
    public nint Data;
    public fixed byte NameBytes[MaxName];
    public nint Extra;
    public fixed byte Padding[8];

    /// <summary>UTF-8, without the zero at its end; valid as long as the tensor.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<byte> Name
    {
        get
        {
            var all = MemoryMarshal.CreateReadOnlySpan(in NameBytes[0], MaxName);
            return all.IndexOf((byte)0) is >= 0 and var end ? all[..end] : all;
        }
    }

    /// <summary>A tensor that the library itself makes: two rows and five columns in 16 bits, named "probe".</summary>
    public static GraphTensor Probe()
    {
        var graph = GgmlApi.GraphInit(new GraphParams { Bytes = 2 * GgmlApi.TensorOverhead(), NoAlloc = 1 });
        var probe = *GgmlApi.SetName(GgmlApi.NewTensor(graph, F16, width: 5, rows: 2), "probe");
        GgmlApi.GraphFree(graph);
        return probe;
    }

    /// <summary>Null when it is that many rows of 32-bit floats that follow one another; otherwise what it is instead.</summary>
    public readonly string? Misfit(int width, int rows) =>
        Type == F32 && Shape[0] == width && Shape[1] == rows && Shape[2] == 1 && Shape[3] == 1
            && Strides[0] == sizeof(float) && Strides[1] == (ulong)width * sizeof(float)
            ? null
            : $"has the shape {Shape[0]} x {Shape[1]} x {Shape[2]} x {Shape[3]} (type {Type}, {Strides[1]} bytes a row) instead of " +
              $"{width} x {rows} (type {F32}, {width * sizeof(float)} bytes a row)";
}

/// <summary><c>ggml_init_params</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
struct GraphParams
{
    public nuint Bytes;
    public nint Memory;
    public byte NoAlloc;
}
