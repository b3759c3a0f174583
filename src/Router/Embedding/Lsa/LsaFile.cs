using System.Runtime.InteropServices;
using System.Text;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Router.Embedding.Lsa;

/// <summary>
/// A fitted embedder as one file, little-endian: magic with version, lengths, source, then the arrays. The length of the
/// file follows from its head, and the hash in it from the arrays: a file cut short or changed is refused.
/// </summary>
static class LsaFile
{
    /// <summary>The last digit is the version: it changes with the layout and with how texts are read.</summary>
    const string Magic = "ORCHLSA1";

    const int HashLength = 12;
    const int HeadLength = 8 + (3 * sizeof(int)) + (2 * HashLength);

    /// <summary>Far above what the options allow.</summary>
    const int MostDimensions = 1 << 16;

    public static void Write(string path, LsaModel model) => WholeFile.ReplaceBytes(path, stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
        writer.Write(Encoding.ASCII.GetBytes(Magic));
        writer.Write(model.MaxCharacters);
        writer.Write(model.Projection.Dimensions);
        writer.Write(model.Vocabulary.Hashes.Length);
        writer.Write(Encoding.ASCII.GetBytes(model.Source));
        writer.Write(Encoding.ASCII.GetBytes(model.Hash));
        writer.Write(MemoryMarshal.AsBytes<ulong>(model.Vocabulary.Hashes));
        writer.Write(MemoryMarshal.AsBytes<float>(model.Vocabulary.Idf));
        writer.Write(MemoryMarshal.AsBytes<float>(model.Projection.Scales));
        writer.Write(MemoryMarshal.AsBytes<sbyte>(model.Projection.Codes));
    });

    public static LsaModel Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length < HeadLength)
            throw new EmbedderFileException(path, $"it has {stream.Length} bytes, fewer than the {HeadLength} of a head");
        using var reader = new BinaryReader(stream, Encoding.ASCII);
        string magic = Encoding.ASCII.GetString(reader.ReadBytes(Magic.Length));
        if (magic != Magic)
            throw new EmbedderFileException(path, $"it does not begin with '{Magic}': another kind of file, or another version");
        int maxCharacters = reader.ReadInt32(), dimensions = reader.ReadInt32(), features = reader.ReadInt32();
        string source = Encoding.ASCII.GetString(reader.ReadBytes(HashLength));
        string hash = Encoding.ASCII.GetString(reader.ReadBytes(HashLength));
        if (maxCharacters < 1 || dimensions is < 1 or > MostDimensions || features < 0)
            throw new EmbedderFileException(path, $"its head asks for {dimensions} dimensions of {features} features");
        long expected = HeadLength + (features * (16L + Projection.StrideOf(dimensions)));
        if (stream.Length != expected)
            throw new EmbedderFileException(path, $"it has {stream.Length} bytes of {expected}: it was cut short or changed");
        var model = new LsaModel(
            source, maxCharacters,
            new Vocabulary(Array<ulong>(stream, features), Array<float>(stream, features)),
            ReadProjection(stream, dimensions, features));
        if (model.Hash != hash)
            throw new EmbedderFileException(path, $"its content has hash {model.Hash}, not {hash}: it was changed");
        return model;
    }

    static Projection ReadProjection(FileStream stream, int dimensions, int features)
    {
        float[] scales = Array<float>(stream, features);
        return new Projection(dimensions, Array<sbyte>(stream, (long)features * Projection.StrideOf(dimensions)), scales);
    }

    static T[] Array<T>(FileStream stream, long length)
        where T : unmanaged
    {
        var values = new T[length];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
