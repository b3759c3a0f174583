namespace Orchestrator.Host.Errors;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Request {RequestId}: the client went away ({Reason})")]
    public static partial void ClientGone(ILogger logger, string requestId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId} refused with {Status}: {Reason}")]
    public static partial void Refused(ILogger logger, string requestId, int status, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string requestId);
}
