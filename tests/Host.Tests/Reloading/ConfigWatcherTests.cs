using Orchestrator.Host.Tests.Api;

namespace Orchestrator.Host.Tests.Reloading;

/// <summary>The file alone changes; nobody asks for a reload.</summary>
public sealed class ConfigWatcherTests
{
    const string One = "engine: { threads: 1 }\nexperts:\n  - { id: abc, file: abc.gguf }\n";
    const string Two = One + "  - { id: xyz, file: xyz.gguf }\n";

    [Fact]
    public async Task Watch_FileWrittenInPlace_IsReloaded()
    {
        await using var service = await TinyService.StartAsync(One);

        await File.WriteAllTextAsync(service.ConfigPath, Two);

        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot().Count == 2);
    }

    [Fact]
    public async Task Watch_FileReplacedByRename_IsReloadedEachTime()
    {
        await using var service = await TinyService.StartAsync(One);

        Replace(service.ConfigPath, Two);
        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot().Count == 2);
        Replace(service.ConfigPath, One);

        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot().Count == 1);
    }

    [Fact]
    public async Task Watch_BrokenThenMended_KeepsTheOldUntilThen()
    {
        await using var service = await TinyService.StartAsync(One);
        var before = service.Now;

        await File.WriteAllTextAsync(service.ConfigPath, "experts: [");
        // Longer than the debounce, so that the broken file is read.
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        Assert.Same(before, service.Now);
        await File.WriteAllTextAsync(service.ConfigPath, Two);

        await TinyService.UntilAsync(() => service.Now.Pool.Snapshot().Count == 2);
    }

    /// <summary>As editors save: beside it, then over it.</summary>
    static void Replace(string path, string text)
    {
        File.WriteAllText(path + "~", text);
        File.Move(path + "~", path, overwrite: true);
    }
}
