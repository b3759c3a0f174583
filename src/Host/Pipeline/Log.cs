namespace Orchestrator.Host.Pipeline;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId}: policy {Policy} chose {Expert} {Support}. {Reason}")]
    public static partial void Routed(ILogger logger, string requestId, string policy, string expert, string support, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Aggregator} made one answer of {Answers}, in the words of {Expert}: {Reason}")]
    public static partial void Merged(ILogger logger, string aggregator, int answers, string expert, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expert {Expert} cannot answer, trying {Next}: {Reason}")]
    public static partial void NextExpert(ILogger logger, string expert, string next, string reason);
}
