namespace Orchestrator.Jobs.Batches;

/// <summary>Reads lines as bytes; of one that is longer than allowed only that is told, so that no file fills the memory.</summary>
/// <param name="longest">Bytes that a line may have.</param>
sealed class LineReader(Stream file, int longest)
{
    const byte NewLine = (byte)'\n';

    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    byte[] _buffer = new byte[64 * 1024];
    int _start;
    int _end;
    bool _fileEnded;
    int _number;

    /// <returns>Null at the end. The bytes are valid until the next line is read.</returns>
    public async Task<Line?> NextAsync(CancellationToken cancellationToken)
    {
        bool tooLong = false;
        for (int scanned = 0; ;)
        {
            int at = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf(NewLine);
            if (at >= 0) return Take(scanned + at, 1, tooLong);
            scanned = _end - _start;
            if (_fileEnded) return scanned > 0 || tooLong ? Take(scanned, 0, tooLong) : null;
            if (scanned > longest)
            {
                tooLong = true;
                _start = _end;
                scanned = 0;
            }
            await FillAsync(cancellationToken);
        }
    }

    Line Take(int length, int separator, bool tooLong)
    {
        ReadOnlyMemory<byte> bytes = _buffer.AsMemory(_start, length);
        _start += length + separator;
        if (++_number == 1 && bytes.Span.StartsWith(ByteOrderMark)) bytes = bytes[ByteOrderMark.Length..];
        return tooLong || length > longest ? new Line(_number, null) : new Line(_number, bytes);
    }

    async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = await file.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _fileEnded = read == 0;
    }
}

/// <param name="Number">From 1.</param>
/// <param name="Bytes">Null when it is too long.</param>
readonly record struct Line(int Number, ReadOnlyMemory<byte>? Bytes)
{
    public bool IsBlank => Bytes is { } bytes && bytes.Span.IndexOfAnyExcept(" \t\r"u8) < 0;
}
