namespace Orchestrator.Host.Api;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId}: the stream broke after its first event")]
    public static partial void StreamBroken(ILogger logger, Exception exception, string requestId);
}
