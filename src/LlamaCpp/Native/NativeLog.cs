using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orchestrator.LlamaCpp.Native;

/// <summary>
/// Brings llama.cpp's log into an <see cref="ILogger"/>. It is global and called from any thread, a line possibly in
/// pieces; so pieces are joined per thread, and a thread that loads a model can listen to its own lines.
/// </summary>
static unsafe class NativeLog
{
    const int Continuation = 5;

    static volatile ILogger _logger = NullLogger.Instance;

    [ThreadStatic] static StringBuilder? _line;
    [ThreadStatic] static int _level;
    [ThreadStatic] static bool _skipping;
    [ThreadStatic] static Action<LogLevel, string>? _listener;
    [ThreadStatic] static Predicate<string>? _intended;

    public static void Attach(ILogger logger)
    {
        _logger = logger;
        LlamaApi.LogSet(&OnLog, 0);
        _ = GgmlApi.SetAbortCallback(&OnAbort);
    }

    public static void Detach() => _logger = NullLogger.Instance;

    /// <summary>The lines that native calls of this thread write while <paramref name="call"/> runs.</summary>
    /// <param name="intended">Lines that only the listener hears, as what they warn of is meant; null is none.</param>
    public static T Listen<T>(Action<LogLevel, string> listener, Func<T> call, Predicate<string>? intended = null)
    {
        var outer = _listener;
        _listener = listener;
        _intended = intended;
        try
        {
            return call();
        }
        finally
        {
            _listener = outer;
            _intended = null;
        }
    }

    /// <summary>llama.cpp's information is a loader's diary: debug here.</summary>
    static LogLevel ToLogLevel(int level) => level switch
    {
        4 => LogLevel.Error,
        3 => LogLevel.Warning,
        2 => LogLevel.Debug,
        _ => LogLevel.Trace,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void OnLog(int level, byte* text, nint state)
    {
        // llama.cpp says much at debug level, some of it at every decode.
        if (_listener is null && level != Continuation && !_logger.IsEnabled(ToLogLevel(level)))
        {
            _skipping = true;
            return;
        }
        _skipping &= level == Continuation;
        if (_skipping)
            return;
        // An exception that leaves here ends the process.
        try
        {
            Append(level, Marshal.PtrToStringUTF8((nint)text) ?? "");
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine($"llama.cpp log line lost: {exception.Message}");
        }
    }

    static void Append(int level, string text)
    {
        var line = _line ??= new StringBuilder();
        if (level != Continuation)
        {
            Flush(line);
            _level = level;
        }
        line.Append(text);
        if (text.EndsWith('\n'))
            Flush(line);
    }

    static void Flush(StringBuilder line)
    {
        var text = line.ToString().TrimEnd();
        line.Clear();
        // Progress dots of the loader.
        if (text.Trim('.').Length == 0)
            return;
        var level = ToLogLevel(_level);
        _listener?.Invoke(level, text);
        if (_intended?.Invoke(text) != true)
            Log.Native(_logger, level, text);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void OnAbort(byte* message)
    {
        // The process ends when this returns; a parent that tried a model in a child reads the reason here.
        try
        {
            var text = Marshal.PtrToStringUTF8((nint)message) ?? "";
            Console.Error.WriteLine($"llama.cpp aborted: {text}");
            Log.Aborted(_logger, text);
        }
        catch (Exception)
        {
            return;
        }
    }
}
