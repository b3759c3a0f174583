namespace Orchestrator.LlamaCpp.Tests;

public sealed class ComputeDeviceTests
{
    static readonly ComputeDevice Cpu = new("CPU", "", ComputeDeviceKind.Cpu, 64, 64);
    static readonly ComputeDevice Integrated = new("Vulkan0", "", ComputeDeviceKind.IntegratedGpu, 32, 32);

    [Fact]
    public void FreeGpuBytes_NoGpu_IsNull() => Assert.Null(ComputeDevice.FreeGpuBytes([Cpu]));

    [Fact]
    public void FreeGpuBytes_SeveralGpus_AreAddedWithoutTheIntegratedOne() =>
        Assert.Equal(7 + 5, ComputeDevice.FreeGpuBytes([Cpu, Gpu(7), Integrated, Gpu(5)]));

    [Fact]
    public void FreeGpuBytes_OnlyAnIntegratedGpu_IsItsMemory() =>
        Assert.Equal(32, ComputeDevice.FreeGpuBytes([Cpu, Integrated]));

    [Fact]
    public void FreeGpuBytes_FullGpu_IsZeroAndNotTheIntegratedOnes() =>
        Assert.Equal(0, ComputeDevice.FreeGpuBytes([Integrated, Gpu(0)]));

    static ComputeDevice Gpu(long free) => new("CUDA0", "", ComputeDeviceKind.Gpu, free, 80);
}
