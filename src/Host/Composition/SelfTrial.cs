using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Trial;
using Orchestrator.Host.Commands;

namespace Orchestrator.Host.Composition;

/// <summary>The trial of model files in a second run of this very program, as <c>models check --json</c>.</summary>
static class SelfTrial
{
    public static ChildProcessTrial Create(EngineConfig engine, TimeProvider time, ILoggerFactory loggers)
    {
        string[] check = ["models", "check", ModelsCommand.JsonOption];
        string[] library = engine.Library is { } folder ? [ModelsCommand.LibraryOption, folder] : [];
        var (executable, first) = Program();
        return new ChildProcessTrial(
            new ChildProcessTrialOptions { Executable = executable, Arguments = [.. first, .. check, .. library, "--"] },
            time, loggers.CreateLogger<ChildProcessTrial>());
    }

    /// <summary>The program beside this assembly, or the .NET host with it where no program was published.</summary>
    static (string Executable, string[] First) Program()
    {
        var assembly = typeof(SelfTrial).Assembly.GetName().Name!;
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{assembly}.exe" : assembly);
        return File.Exists(program) ? (program, []) : ("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")]);
    }
}
