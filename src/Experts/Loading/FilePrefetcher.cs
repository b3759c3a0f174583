using Microsoft.Extensions.Logging;
using Orchestrator.Experts.Memory;

namespace Orchestrator.Experts.Loading;

/// <summary>
/// Reads the file of the next expert into the system's file cache while the present ones answer. One file at a time, and
/// only where memory that nobody uses can hold it: read-ahead that displaces something gains nothing.
/// </summary>
sealed partial class FilePrefetcher(ISystemMemory memory, ILogger logger) : IDisposable
{
    const int PieceBytes = 1 << 20;

    /// <summary>Enough recent files to remember; more would be forgotten by the file cache, too.</summary>
    const int Remembered = 4;

    readonly Queue<string> _recent = new();
    CancellationTokenSource? _current;
    string? _file;
    long _files;

    /// <summary>Files read to their end, for the metrics.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>The latest read, done or not.</summary>
    internal Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Called by the scheduler's loop with what would be loaded next; null when nothing would.</summary>
    public void Follow(string? file)
    {
        if (file is null || file == _file || _recent.Contains(file))
            return;
        _current?.Cancel();
        _current?.Dispose();
        _current = new CancellationTokenSource();
        _file = file;
        var token = _current.Token;
        Reading = Task.Run(() => Read(file, token), CancellationToken.None);
    }

    /// <summary>
    /// A load begins. What is read ahead of it may go on; a read of another file only takes the disk from it, and begins
    /// again when that file is still the next.
    /// </summary>
    public void Loading(string file)
    {
        if (file != _file)
            _current?.Cancel();
        _file = null;
        if (!_recent.Contains(file))
            _recent.Enqueue(file);
        if (_recent.Count > Remembered)
            _recent.Dequeue();
    }

    public void Dispose()
    {
        _current?.Cancel();
        _current?.Dispose();
        _current = null;
    }

    void Read(string file, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
            if (memory.Available() is { } available && available < stream.Length)
                return;
            var piece = new byte[PieceBytes];
            while (!cancellationToken.IsCancellationRequested && stream.Read(piece) > 0)
            {
            }

            if (cancellationToken.IsCancellationRequested)
                return;
            Interlocked.Increment(ref _files);
            LogRead(logger, Path.GetFileName(file), stream.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The load will meet it too, and report it.
            LogUnreadable(logger, Path.GetFileName(file), e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Read {File} ahead, {Bytes} bytes")]
    static partial void LogRead(ILogger logger, string file, long bytes);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Could not read {File} ahead: {Reason}")]
    static partial void LogUnreadable(ILogger logger, string file, string reason);
}
