using Microsoft.Extensions.Logging;

namespace Orchestrator.LlamaCpp;

static partial class Log
{
    [LoggerMessage(EventId = 2, EventName = "Native", Message = "{Line}")]
    public static partial void Native(ILogger logger, LogLevel level, string line);

    [LoggerMessage(3, LogLevel.Critical, "llama.cpp aborts the process: {Reason}")]
    public static partial void Aborted(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Information, "llama.cpp {Version} from {Directory}, {Threads} threads, devices: {Devices}")]
    public static partial void Started(ILogger logger, string version, string directory, int threads, string devices);

    [LoggerMessage(5, LogLevel.Information,
        "{Model} loaded: {Sequences} sequences of {ContextLength} tokens, {Bytes} bytes ({WeightBytes} weights)")]
    public static partial void Loaded(ILogger logger, string model, int sequences, int contextLength, long bytes, long weightBytes);

    [LoggerMessage(6, LogLevel.Information, "{Model} unloaded after {Steps} steps and {Tokens} tokens")]
    public static partial void Unloaded(ILogger logger, string model, long steps, long tokens);

    [LoggerMessage(7, LogLevel.Error, "{Model}: a request failed: {Reason}")]
    public static partial void RequestFailed(ILogger logger, string model, string reason);

    [LoggerMessage(8, LogLevel.Critical, "{Model}: the batch loop failed and is closed")]
    public static partial void LoopFailed(ILogger logger, Exception exception, string model);

    [LoggerMessage(9, LogLevel.Critical, "{Model} is given up with {Requests} requests: {Reason}")]
    public static partial void Abandoned(ILogger logger, string model, int requests, string reason);

    [LoggerMessage(10, LogLevel.Debug, "{Model} would take {WeightBytes} bytes of weights, {ContextBytes} of context, {AdapterBytes} of adapter")]
    public static partial void Planned(ILogger logger, string model, long weightBytes, long contextBytes, long adapterBytes);
}
