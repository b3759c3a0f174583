using Microsoft.Extensions.DependencyInjection;
using Orchestrator.TestKit;

namespace Orchestrator.InProcess.Tests;

/// <summary>A configuration of its own over models of a few kilobytes: <c>fine</c> says so, <c>endless</c> never stops.</summary>
sealed class TinyPool : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public TinyPool()
    {
        TinyGguf.Saying("fine").Save(_folder.Path, "fine.gguf");
        TinyGguf.Saying("abcdef", ends: false, context: 8192).Save(_folder.Path, "endless.gguf");
        Config = Write(
            """
            engine:
              threads: 1
            experts:
              - id: fine
                file: fine.gguf
              - id: endless
                file: endless.gguf
            """);
    }

    public string Config { get; }

    public string Write(string yaml, string name = "orchestrator.yaml")
    {
        var file = _folder.File(name);
        File.WriteAllText(file, yaml);
        return file;
    }

    /// <summary>What a program has that does nothing but <c>AddOrchestrator</c>.</summary>
    public ServiceProvider Services(string? config = null) =>
        new ServiceCollection().AddOrchestrator(config ?? Config, "fine").BuildServiceProvider();

    public void Dispose() => _folder.Dispose();
}
