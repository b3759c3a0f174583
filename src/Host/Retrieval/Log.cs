namespace Orchestrator.Host.Retrieval;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning,
        Message = "No pilots yet ({File}): the base embeds every query; run 'orchestrator train pilots'")]
    public static partial void NoPilots(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pilots of {File} are not used: their base '{Base}' has no file")]
    public static partial void PilotsWithoutBase(ILogger logger, string file, string @base);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The pilots of '{Expert}' in {File} are ignored: it is no expert of the configuration that embeds queries for '{Base}'")]
    public static partial void UnknownPilot(ILogger logger, string file, string expert, string @base);
}
