namespace Orchestrator.Client.Tests.Connection;

/// <summary>Gives the same letter for ever.</summary>
sealed class EndlessStream : MemoryStream
{
    public override int Read(Span<byte> buffer)
    {
        buffer.Fill((byte)'x');
        return buffer.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
}
