using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests;

public sealed class LlamaRuntimeTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public void Start_Again_SharesVersionAndThreads()
    {
        using var again = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 7 }, NullLoggerFactory.Instance);

        Assert.StartsWith("0.5.0", again.Version, StringComparison.Ordinal);
        Assert.Same(fixture.Runtime.Threads, again.Threads);
    }

    [Fact]
    public void Start_OtherFolder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["libllama.so", "libggml.so", "libggml-base.so"])
            File.WriteAllText(folder.File(name), "");

        var failure = Assert.Throws<LlamaRuntimeException>(
            () => LlamaRuntime.Start(new LlamaRuntimeOptions { LibraryDirectory = folder.Path }, NullLoggerFactory.Instance));

        Assert.Contains("already runs llama.cpp from", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_NoThreads_IsRefused()
    {
        Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(
            () => LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 0 }, NullLoggerFactory.Instance));
    }

    [Fact]
    public void Devices_ThisMachine_HasItsCpu()
    {
        var cpu = Assert.Single(fixture.Runtime.Devices, device => device.Kind == ComputeDeviceKind.Cpu);

        Assert.Equal("CPU", cpu.Name);
        Assert.InRange(cpu.TotalBytes, 1L << 28, long.MaxValue);
    }
}
