using System.Runtime.InteropServices;
using Orchestrator.LlamaCpp.Native;

namespace Orchestrator.LlamaCpp;

public enum ComputeDeviceKind
{
    Cpu,

    /// <summary>With memory of its own.</summary>
    Gpu,

    /// <summary>Computes in the memory of the host.</summary>
    IntegratedGpu,

    /// <summary>Helps the CPU, such as a matrix unit; also whatever llama.cpp does not tell more of.</summary>
    Accelerator,
}

/// <summary>A device that llama.cpp can compute on, with its memory at the moment of asking.</summary>
/// <param name="Name">llama.cpp's, for example <c>CUDA0</c>.</param>
/// <param name="Description">What the vendor calls it.</param>
/// <param name="FreeBytes">
/// Of a GPU, what its driver has left for all processes. The CPU's number means nothing: llama.cpp gives its total here.
/// </param>
public sealed record ComputeDevice(string Name, string Description, ComputeDeviceKind Kind, long FreeBytes, long TotalBytes)
{
    internal static long? FreeGpuBytes(IReadOnlyList<ComputeDevice> devices) =>
        FreeBytesOf(devices, ComputeDeviceKind.Gpu) ?? FreeBytesOf(devices, ComputeDeviceKind.IntegratedGpu);

    static long? FreeBytesOf(IReadOnlyList<ComputeDevice> devices, ComputeDeviceKind kind) =>
        devices.Any(device => device.Kind == kind)
            ? devices.Where(device => device.Kind == kind).Sum(device => device.FreeBytes)
            : null;

    internal static unsafe ComputeDevice Read(nint device)
    {
        nuint free, total;
        GgmlApi.DeviceMemory(device, &free, &total);
        return new ComputeDevice(
            Marshal.PtrToStringUTF8((nint)GgmlApi.DeviceName(device)) ?? "",
            Marshal.PtrToStringUTF8((nint)GgmlApi.DeviceDescription(device))?.Trim() ?? "",
            GgmlApi.DeviceType(device) switch
            {
                0 => ComputeDeviceKind.Cpu,
                1 => ComputeDeviceKind.Gpu,
                2 => ComputeDeviceKind.IntegratedGpu,
                _ => ComputeDeviceKind.Accelerator,
            },
            (long)free, (long)total);
    }
}
