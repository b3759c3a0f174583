using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Experts.Gguf;

/// <summary>Reads little-endian values forward and never past the file's end or the header limit.</summary>
sealed class GgufCursor(Stream stream, long fileBytes)
{
    readonly byte[] _scratch = new byte[8];

    public long Position { get; private set; }

    long Remaining => Math.Min(fileBytes, GgufLimits.HeaderBytes) - Position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A count of things of at least <paramref name="leastBytes"/> each, so a hostile one fails before the loop.</summary>
    public long Count(string what, long most, int leastBytes)
    {
        var count = UInt64();
        if (count > (ulong)most)
            throw new GgufException($"the header claims {count} {what}, at most {most} are allowed");
        if ((long)count > Remaining / leastBytes)
            throw new GgufException($"the header claims {count} {what}, more than fit into the file; it is truncated or damaged");
        return (long)count;
    }

    public string Text(int most) => Encoding.UTF8.GetString(Bytes(most));

    /// <summary>One char a byte.</summary>
    public string RawText(int most) => Encoding.Latin1.GetString(Bytes(most));

    public void Skip(long bytes)
    {
        Require(bytes);
        stream.Seek(bytes, SeekOrigin.Current);
        Position += bytes;
    }

    byte[] Bytes(int most)
    {
        var bytes = new byte[Count("bytes in one text", most, 1)];
        Fill(bytes);
        return bytes;
    }

    ReadOnlySpan<byte> Take(int bytes)
    {
        Fill(_scratch.AsSpan(0, bytes));
        return _scratch;
    }

    void Fill(Span<byte> destination)
    {
        Require(destination.Length);
        // The file may shrink while it is read.
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw new GgufException("the file became shorter while its header was read");
        Position += destination.Length;
    }

    void Require(long bytes)
    {
        if (bytes < 0 || bytes > Remaining)
        {
            throw new GgufException(fileBytes <= GgufLimits.HeaderBytes
                ? "the file ends inside its header; it is truncated or damaged"
                : $"the header is longer than {GgufLimits.HeaderBytes >> 20} MiB");
        }
    }
}
