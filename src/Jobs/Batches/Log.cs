using Microsoft.Extensions.Logging;

namespace Orchestrator.Jobs.Batches;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Batch {Batch}: {Items} requests read, {Problems} problems")]
    public static partial void Validated(ILogger logger, string batch, int items, int problems);

    [LoggerMessage(Level = LogLevel.Information, Message = "Batch {Batch} is {State}: {Done} answered, {Failed} failed, {Open} not run")]
    public static partial void Ended(ILogger logger, string batch, string state, int done, int failed, int open);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {Batch} pauses and goes on in {Seconds:F0} s: {Reason}")]
    public static partial void Paused(ILogger logger, string batch, double seconds, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {Batch} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string batch);
}
