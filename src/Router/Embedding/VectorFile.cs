using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Embedding;

/// <summary>
/// Vectors of one embedder by the hash of their texts, as one file, little-endian: magic with version, hash of all that
/// follows, length of a vector, then hash and vector of each text. A file cut short or changed is refused.
/// </summary>
public static class VectorFile
{
    const string Magic = "ORCHVEC1";
    const int HashLength = 32, KeyLength = 16;
    const int HeadLength = 8 + HashLength + sizeof(int);

    /// <summary>What stands for a text in the file.</summary>
    public static UInt128 KeyOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes<char>(text)));
    }

    /// <exception cref="EmbedderFileException">It is no whole file of vectors of this length; the message says what is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dictionary<UInt128, float[]> Read(string path, int dimensions)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeadLength || Encoding.ASCII.GetString(bytes, 0, Magic.Length) != Magic)
            throw new EmbedderFileException(path, $"it does not begin with '{Magic}': another kind of file, or another version");
        ReadOnlySpan<byte> body = bytes.AsSpan(Magic.Length + HashLength);
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(bytes.AsSpan(Magic.Length, HashLength)))
            throw new EmbedderFileException(path, "its content is not what was written: it was cut short or changed");
        int length = BinaryPrimitives.ReadInt32LittleEndian(body);
        int width = KeyLength + (sizeof(float) * dimensions);
        if (length != dimensions || (body.Length - sizeof(int)) % width != 0)
            throw new EmbedderFileException(path, $"its vectors have {length} dimensions, not {dimensions}");
        var vectors = new Dictionary<UInt128, float[]>();
        for (ReadOnlySpan<byte> left = body[sizeof(int)..]; left.Length > 0; left = left[width..])
        {
            vectors[BinaryPrimitives.ReadUInt128LittleEndian(left)] =
                MemoryMarshal.Cast<byte, float>(left[KeyLength..width]).ToArray();
        }
        return vectors;
    }

    /// <summary>Replaces the file in one step.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written.</exception>
    public static void Write(string path, int dimensions, IReadOnlyDictionary<UInt128, float[]> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var body = new MemoryStream();
        body.Write(BitConverter.GetBytes(dimensions));
        Span<byte> key = stackalloc byte[KeyLength];
        foreach ((UInt128 text, float[] vector) in vectors)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(key, text);
            body.Write(key);
            body.Write(MemoryMarshal.AsBytes<float>(vector));
        }
        ReadOnlyMemory<byte> content = body.GetBuffer().AsMemory(0, (int)body.Length);
        WholeFile.ReplaceBytes(path, stream =>
        {
            stream.Write(Encoding.ASCII.GetBytes(Magic));
            stream.Write(SHA256.HashData(content.Span));
            stream.Write(content.Span);
        });
    }
}
