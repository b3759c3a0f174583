using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Local;
using Orchestrator.Experts.Trial;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Experts.Tests.Trial;

/// <summary>
/// This assembly run as a program: a trial child with the real engine. <c>check FILE…</c> does what the service's own
/// does; <c>unchecked FILE…</c> leaves out the header rules, to see what they keep from happening.
/// </summary>
static class TrialProgram
{
    public static ChildProcessTrialOptions Options(string mode) => new()
    {
        Executable = "dotnet",
        Arguments = [typeof(TrialProgram).Assembly.Location, mode],
    };

    static int Main(string[] args)
    {
        using var runtime = LlamaRuntime.Start(new LlamaRuntimeOptions { MaxThreads = 1 }, NullLoggerFactory.Instance);
        foreach (var candidate in args.Skip(1).Select(TrialArgument.Parse))
        {
            TrialVerdict verdict = default;
            if (args[0] == "check")
                verdict = ModelCheck.Try(runtime, candidate, NullLoggerFactory.Instance);
            else
                ModelTrial.Run(runtime, candidate.File, new BatchEngineOptions { MaxSequences = 1 }, NullLoggerFactory.Instance);
            Console.WriteLine(new TrialLine(candidate.File, verdict.Refusal, verdict.Memory).ToJson());
        }

        return 0;
    }
}
