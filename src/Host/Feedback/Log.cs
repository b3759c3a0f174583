namespace Orchestrator.Host.Feedback;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Learned from {Verdicts} verdicts of {File}")]
    public static partial void Read(ILogger logger, int verdicts, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feedback: {Problem}")]
    public static partial void BadLine(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Feedback cannot be learned: {Reason}")]
    public static partial void NotLearned(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Feedback cannot be kept: {Reason}")]
    public static partial void NotKept(ILogger logger, string reason);
}
