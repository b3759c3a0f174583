using Microsoft.Extensions.Logging;

namespace Orchestrator.InProcess;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    public static partial void StartFailed(ILogger logger, string reason);
}
