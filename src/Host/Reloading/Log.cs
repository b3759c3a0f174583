namespace Orchestrator.Host.Reloading;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information,
        Message = "Configuration reloaded: experts added: {Added}; removed: {Removed}; changed: {Changed}")]
    public static partial void Reloaded(ILogger logger, string added, string removed, string changed);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Configuration reloaded: policies added: {Added}; removed: {Removed}; changed: {Changed}")]
    public static partial void PoliciesReloaded(ILogger logger, string added, string removed, string changed);

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration reloaded: {Key} has a new value")]
    public static partial void SettingReloaded(ILogger logger, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} was changed, but counts only at start: restart the service to use it")]
    public static partial void NeedsRestart(ILogger logger, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "The new configuration is refused, the old one stays: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration could not be reloaded, the old one stays")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Changes of the configuration file raise no events here, so it is looked at every {Seconds} s: {Reason}")]
    public static partial void OnlyPolled(ILogger logger, double seconds, string reason);
}
