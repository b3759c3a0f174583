using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Retrieval.Collections.Qdrant;

/// <summary>
/// Qdrant's ids are numbers or UUIDs, ours any text: a version-5 UUID (RFC 9562), the same for the same text everywhere. The
/// text itself is kept in the payload.
/// </summary>
static class PointId
{
    /// <summary>Names are within this space of our own.</summary>
    static readonly Guid Space = new("6b1f4c52-9d5e-5f0a-8a57-3c9f0e7d2b14");

    public static Guid Of(string id)
    {
        int length = Encoding.UTF8.GetByteCount(id);
        byte[] named = new byte[16 + length];
        Space.TryWriteBytes(named, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(id, named.AsSpan(16));
#pragma warning disable CA5350 // What version 5 is defined by; nothing is kept secret by it.
        Span<byte> hash = SHA1.HashData(named).AsSpan(0, 16);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0fff) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
