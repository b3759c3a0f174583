namespace Orchestrator.Host.Pipeline;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information,
        Message = "Request {RequestId}: policy {Policy} chose {Expert} (confidence {Confidence:F3}, {Coverage} at distance {Distance:F1}): {Reason}")]
    public static partial void Routed(
        ILogger logger, string requestId, string policy, string expert, double? confidence, string coverage, double? distance, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Aggregator} made one answer of {Answers}, in the words of {Expert}: {Reason}")]
    public static partial void Merged(ILogger logger, string aggregator, int answers, string expert, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expert {Expert} cannot answer, trying {Next}: {Reason}")]
    public static partial void NextExpert(ILogger logger, string expert, string next, string reason);
}
