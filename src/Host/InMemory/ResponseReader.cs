using System.Buffers;
using System.IO.Pipelines;

namespace Orchestrator.Host.InMemory;

/// <summary>The side of a reply that its caller reads. Closing it, or cancelling a read, before the end ends the request.</summary>
sealed class ResponseReader(Exchange exchange, PipeReader pipe) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The reply ended before its end, and all that was written of it has been read.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                if (!pipe.TryRead(out var result))
                {
                    exchange.ThrowIfBroken();
                    result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
                }

                var taken = result.Buffer.Slice(0, Math.Min(buffer.Length, result.Buffer.Length));
                var length = (int)taken.Length;
                taken.CopyTo(buffer.Span);
                // Nothing of it may be looked at after this: its memory is the writer's again.
                pipe.AdvanceTo(taken.End);
                if (length > 0 || buffer.Length == 0) return length;
                exchange.ThrowIfBroken();
                if (result.IsCompleted) return 0;
            }
        }
        catch (OperationCanceledException)
        {
            // As with a connection: nobody could know where the next read would begin.
            exchange.Close();
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            exchange.Close();
            pipe.Complete();
        }

        base.Dispose(disposing);
    }
}
