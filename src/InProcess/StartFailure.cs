using Orchestrator.Client;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp;

namespace Orchestrator.InProcess;

/// <summary>What every call is told after a start that failed: all problems, and where to mend them.</summary>
static class StartFailure
{
    const string Code = "start_failed";

    public static OrchestratorException NoFile(string setting) => new(
        $"The configuration names no file for Orchestrator: set {setting} to the path of an orchestrator.yaml.", code: Code);

    public static OrchestratorException Of(Exception failure, string config, bool stopped) => failure switch
    {
        OperationCanceledException when stopped => new OrchestratorException(
            "Orchestrator was stopped with the program's host or container before it had started.", code: Code, inner: failure),
        ConfigException wrong => new OrchestratorException(
            $"Orchestrator cannot start with '{config}':\n{string.Join('\n', wrong.Errors.Select(error => $"- {error}"))}\n"
            + "Mend the file, or give another to AddOrchestrator, and start the program again.", code: Code, inner: failure),
        LlamaRuntimeException missing => new OrchestratorException(
            $"Orchestrator cannot start, because llama.cpp cannot be used: {missing.Message}", code: Code, inner: failure),
        _ => new OrchestratorException($"Orchestrator cannot start with '{config}': {failure.Message}", code: Code, inner: failure),
    };
}
