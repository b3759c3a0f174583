namespace Orchestrator.Host.Composition;

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: {Experts} experts from {Config}, checked in {Seconds:F1} s")]
    public static partial void Ready(ILogger logger, int experts, string config, double seconds);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Cannot start: {Reason}")]
    public static partial void StartFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Listening on {Url}, beyond this machine: there is no authentication (server.api_key_env), anyone who reaches the port can use it")]
    public static partial void BeyondLoopback(ILogger logger, string url);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Listening on {Url}, beyond this machine: keys, questions and answers travel in the clear; put a reverse proxy with TLS before it")]
    public static partial void InTheClear(ILogger logger, string url);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "No outcomes of profiling ({Where}): policies choose without knowing what the experts can do; run 'orchestrator profile'")]
    public static partial void NoOutcomes(ILogger logger, string where);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{File} was chosen on other outcomes, {Strategy} is used all the same; run 'orchestrator train auto' again")]
    public static partial void StaleChoice(ILogger logger, string file, string strategy);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}: {Note}")]
    public static partial void MixtureIncomplete(ILogger logger, string file, string note);

    [LoggerMessage(Level = LogLevel.Error, Message = "Files and batches cannot be used: {Reason}")]
    public static partial void NoJobs(ILogger logger, string reason);
}
