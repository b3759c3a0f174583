using Microsoft.Extensions.Logging;

namespace Orchestrator.InProcess;

/// <summary>The program's log without ASP.NET's lines about every call, which <c>serve</c> leaves out too.</summary>
sealed class QuietLoggers(ILoggerFactory program) : ILoggerFactory
{
    static readonly string[] Chatty = ["Microsoft.", "MassTransit", "ModelContextProtocol"];

    public ILogger CreateLogger(string categoryName)
    {
        var logger = program.CreateLogger(categoryName);
        return Array.Exists(Chatty, name => categoryName.StartsWith(name, StringComparison.Ordinal)) ? new WarningsOnly(logger) : logger;
    }

    public void AddProvider(ILoggerProvider provider) => program.AddProvider(provider);

    /// <summary>The factory is the program's to close.</summary>
    public void Dispose()
    {
    }

    sealed class WarningsOnly(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
