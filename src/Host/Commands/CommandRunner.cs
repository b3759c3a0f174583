using System.CommandLine;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.LlamaCpp;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Commands;

/// <summary>Runs a command line; expected failures become one message on stderr and an exit code, never a stack trace.</summary>
static class CommandRunner
{
    static readonly InvocationConfiguration Plain = new() { EnableDefaultExceptionHandler = false };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        try
        {
            return await root.Parse(args).InvokeAsync(Plain);
        }
        catch (Exception failure) when (IsBadInput(failure))
        {
            return Tell(failure.Message, ExitCodes.BadInput);
        }
        catch (Exception failure) when (failure is LlamaRuntimeException or ExpertException or IOException)
        {
            return Tell(failure.Message, ExitCodes.Failed);
        }
    }

    static bool IsBadInput(Exception failure) => failure
        is ConfigException or QuestionFileException or OutcomeFileException or FileNotFoundException
        or RouterException { Failure: RouterFailure.Configuration or RouterFailure.UnknownPolicy };

    static int Tell(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
