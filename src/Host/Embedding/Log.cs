namespace Orchestrator.Host.Embedding;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Embedding {Questions} profiled questions with {Embedder}; they are kept for later starts")]
    public static partial void Embedding(ILogger logger, int questions, string embedder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Questions are embedded by {File}: {Dimensions} dimensions, {Bytes} bytes of memory")]
    public static partial void Loaded(ILogger logger, string file, int dimensions, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is made again: {Problem}")]
    public static partial void CacheUnreadable(ILogger logger, string file, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} cannot be kept, so the next start takes as long: {Problem}")]
    public static partial void CacheNotWritten(ILogger logger, string file, string problem);
}
