using System.CommandLine;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Evaluation.Results;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;
using Orchestrator.Jobs.Retrieval;
using Orchestrator.Jobs.Retrieval.Data;
using Orchestrator.LlamaCpp;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Pilots;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Commands;

/// <summary>Runs a command line; expected failures become one message on stderr and an exit code, never a stack trace.</summary>
static class CommandRunner
{
    /// <summary>No time limit on termination: the web host drains its requests by itself.</summary>
    static readonly InvocationConfiguration Plain = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    /// <summary>A question may begin with @, which would otherwise name a file of arguments.</summary>
    static readonly ParserConfiguration Literal = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        try
        {
            var parsed = root.Parse(args, Literal);
            var code = await parsed.InvokeAsync(Plain);
            return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;
        }
        catch (OperationCanceledException)
        {
            return Tell("Cancelled.", ExitCodes.Cancelled);
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
        is ConfigException or QuestionFileException or OutcomeFileException or AnswerFileException or AggregationFileException
        or EvidenceFileException or FileNotFoundException or UnauthorizedAccessException
        or EvalException or ResultFileException
        or PilotFileException or CorpusException or CollectionException or RetrievalException
        or RouterException { Failure: RouterFailure.Configuration or RouterFailure.UnknownPolicy };

    static int Tell(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
