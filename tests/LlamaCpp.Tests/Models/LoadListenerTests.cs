using Microsoft.Extensions.Logging;
using Orchestrator.LlamaCpp.Models;

namespace Orchestrator.LlamaCpp.Tests.Models;

public sealed class LoadListenerTests
{
    [Fact]
    public void Hear_BufferLines_SumsThoseOfTheContext()
    {
        var listener = new LoadListener();

        listener.Hear(LogLevel.Debug, "load_tensors:   CPU_Mapped model buffer size =     9.00 MiB");
        listener.Hear(LogLevel.Debug, "llama_context:        CPU  output buffer size =     0.25 MiB");
        listener.Hear(LogLevel.Debug, "llama_kv_cache:        CPU KV buffer size =     4.00 MiB");
        listener.Hear(LogLevel.Debug, "sched_reserve:        CPU compute buffer size =     1.50 MiB");

        Assert.Equal((long)(5.75 * 1024 * 1024), listener.ContextBytes);
    }

    [Fact]
    public void Hear_GraphReservedAgain_CountsItsBuffersOnce()
    {
        var listener = new LoadListener();

        listener.Hear(LogLevel.Debug, "llama_kv_cache:        CPU KV buffer size =     4.00 MiB");
        listener.Hear(LogLevel.Debug, "sched_reserve: reserving ...");
        listener.Hear(LogLevel.Debug, "sched_reserve:        CPU compute buffer size =     1.50 MiB");
        listener.Hear(LogLevel.Debug, "sched_reserve: reserving ...");
        listener.Hear(LogLevel.Debug, "sched_reserve:        CPU compute buffer size =     2.50 MiB");

        Assert.Equal((long)(6.5 * 1024 * 1024), listener.ContextBytes);
    }

    [Fact]
    public void Hear_PlannedContext_TakesTheCacheFromItsSummary()
    {
        var listener = new LoadListener();

        listener.Hear(LogLevel.Debug, "llama_kv_cache:        CPU KV buffer size =     0.00 MiB");
        listener.Hear(LogLevel.Debug, "llama_kv_cache: size =    4.00 MiB (   256 cells,   4 layers,  4/4 seqs), K (f16):    2.00 MiB, V (f16):    2.00 MiB");
        listener.Hear(LogLevel.Debug, "sched_reserve:        CPU compute buffer size =     1.50 MiB");

        Assert.Equal((long)(5.5 * 1024 * 1024), listener.PlannedBytes);
    }

    [Fact]
    public void Hear_Errors_AreTheReasonOnce()
    {
        var listener = new LoadListener();

        listener.Hear(LogLevel.Warning, "a warning");
        listener.Hear(LogLevel.Error, "first");
        listener.Hear(LogLevel.Error, "second");
        listener.Hear(LogLevel.Error, "first");

        Assert.Equal("first; second", listener.Reason);
    }
}
