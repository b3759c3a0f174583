using System.IO.Pipelines;

namespace Orchestrator.Host.InMemory;

/// <summary>The side of a reply that the pipeline writes. It waits while the caller is behind by more than a pipe holds.</summary>
sealed class ResponseBody(Exchange exchange, PipeWriter pipe) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Every write is seen at once, as Kestrel sends it. What is written for a caller that has left is dropped.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await exchange.BeginAsync();
        if (buffer.Length > 0 && !exchange.IsBroken) await pipe.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => exchange.BeginAsync().AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new InvalidOperationException("Synchronous operations are disallowed, as they are by Kestrel.");

    public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed, as they are by Kestrel.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
