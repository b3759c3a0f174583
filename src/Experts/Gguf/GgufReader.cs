using System.Numerics;

namespace Orchestrator.Experts.Gguf;

/// <summary>
/// Reads a GGUF header (version 2 or 3) and nothing behind it. It trusts no length: memory and time stay bounded by
/// <see cref="GgufLimits"/> and the file's real size.
/// </summary>
static class GgufReader
{
    const string TokensKey = "tokenizer.ggml.tokens";

    /// <summary>Magic, version and the two counts.</summary>
    const int FixedBytes = 24;

    /// <exception cref="GgufException">The file cannot be read or is no GGUF.</exception>
    public static GgufHeader Read(string path)
    {
        using var file = GgufTensorFile.Open(path);
        return file.Header;
    }

    /// <exception cref="GgufException">The bytes are no GGUF.</exception>
    public static GgufHeader Read(Stream stream, long fileBytes)
    {
        var cursor = new GgufCursor(stream, fileBytes);
        if (cursor.UInt32() != 0x46554747)
            throw new GgufException("the file does not begin with 'GGUF'");
        var version = cursor.UInt32();
        if (version is not (2 or 3))
        {
            throw new GgufException((version & 0xFFFF) == 0
                ? "the file is big-endian; only little-endian GGUF runs here"
                : $"the GGUF version is {version}, allowed are 2 and 3");
        }

        var tensorCount = cursor.Count("tensors", GgufLimits.Tensors, leastBytes: 8 + 4 + 4 + 8);
        var entryCount = cursor.Count("metadata entries", GgufLimits.Entries, leastBytes: 8 + 4 + 1);
        var tokens = new List<string>();
        var metadata = Metadata(cursor, entryCount, tokens);
        var tensors = Tensors(cursor, tensorCount);
        return new GgufHeader(version, metadata, tokens, tensors, DataStart(metadata, cursor.Position), fileBytes);
    }

    /// <exception cref="GgufException">There is no such file, or it is too short for a GGUF.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new GgufException("it is a folder, not a file");
        // Devices and pipes have no length: opening one could block for ever.
        var stamp = FileStamp.Of(path) ?? throw new GgufException($"the file '{Path.GetFileName(path)}' does not exist");
        return stamp.Bytes < FixedBytes
            ? throw new GgufException($"the file has only {stamp.Bytes} bytes, too few for a GGUF")
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
    }

    static Dictionary<string, object> Metadata(GgufCursor cursor, long count, List<string> tokens)
    {
        var metadata = new Dictionary<string, object>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var key = cursor.Text(GgufLimits.KeyBytes);
            if (!seen.Add(key))
                throw new GgufException($"the metadata key '{key}' appears twice");
            var type = (GgufValueType)cursor.UInt32();
            var value = type == GgufValueType.Array ? Array(cursor, key, tokens) : Scalar(cursor, type, key);
            if (value is not null)
                metadata[key] = value;
        }

        return metadata;
    }

    static object Scalar(GgufCursor cursor, GgufValueType type, string key) => type switch
    {
        GgufValueType.UInt8 => (ulong)cursor.Byte(),
        GgufValueType.Int8 => (long)(sbyte)cursor.Byte(),
        GgufValueType.UInt16 => (ulong)cursor.UInt16(),
        GgufValueType.Int16 => (long)(short)cursor.UInt16(),
        GgufValueType.UInt32 => (ulong)cursor.UInt32(),
        GgufValueType.Int32 => (long)(int)cursor.UInt32(),
        GgufValueType.UInt64 => cursor.UInt64(),
        GgufValueType.Int64 => (long)cursor.UInt64(),
        GgufValueType.Float32 => (double)BitConverter.UInt32BitsToSingle(cursor.UInt32()),
        GgufValueType.Float64 => BitConverter.UInt64BitsToDouble(cursor.UInt64()),
        GgufValueType.Bool => cursor.Byte() != 0,
        GgufValueType.Text => cursor.Text(GgufLimits.StringBytes),
        _ => throw new GgufException($"the metadata key '{key}' has the unknown value type {(uint)type}"),
    };

    /// <summary>Keeps the vocabulary and short arrays of integers or texts; null for what is skipped.</summary>
    static object? Array(GgufCursor cursor, string key, List<string> tokens)
    {
        var type = (GgufValueType)cursor.UInt32();
        var width = Width(type) ?? throw new GgufException($"the array '{key}' has the value type {(uint)type}, which no array may have");
        if (type == GgufValueType.Text)
        {
            var texts = cursor.Count($"texts in '{key}'", GgufLimits.Tokens, leastBytes: 8);
            if (key != TokensKey && texts <= GgufLimits.KeptTexts)
                return Texts(cursor, (int)texts);
            for (var i = 0L; i < texts; i++)
            {
                if (key == TokensKey)
                    tokens.Add(cursor.RawText(GgufLimits.StringBytes));
                else
                    cursor.Skip(cursor.Count("bytes in one text", GgufLimits.StringBytes, leastBytes: 1));
            }

            return null;
        }

        var count = cursor.Count($"values in '{key}'", GgufLimits.HeaderBytes, width);
        if (count > GgufLimits.KeptIntegers || type is GgufValueType.Float32 or GgufValueType.Float64 or GgufValueType.Bool)
        {
            cursor.Skip(count * width);
            return null;
        }

        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Scalar(cursor, type, key) switch
            {
                long signed => signed,
                ulong unsigned => (long)Math.Min(unsigned, long.MaxValue),
                _ => 0,
            };
        }

        return values;
    }

    static string[] Texts(GgufCursor cursor, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = cursor.Text(GgufLimits.StringBytes);
        return texts;
    }

    static int? Width(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 or GgufValueType.Text => 8,
        _ => null,
    };

    static List<GgufTensor> Tensors(GgufCursor cursor, long count)
    {
        var tensors = new List<GgufTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var name = cursor.Text(GgufLimits.KeyBytes);
            if (!names.Add(name))
                throw new GgufException($"the tensor '{name}' appears twice");
            var shape = Shape(cursor, name);
            tensors.Add(new GgufTensor(name, shape, cursor.UInt32(), cursor.UInt64()));
        }

        return tensors;
    }

    static long[] Shape(GgufCursor cursor, string name)
    {
        var dimensions = cursor.UInt32();
        if (dimensions > GgufLimits.TensorDimensions)
            throw new GgufException($"the tensor '{name}' has {dimensions} dimensions, at most {GgufLimits.TensorDimensions} are allowed");
        var shape = new long[dimensions];
        var elements = BigInteger.One;
        for (var d = 0; d < shape.Length; d++)
        {
            shape[d] = unchecked((long)cursor.UInt64());
            elements *= shape[d];
            if (shape[d] < 1 || elements > long.MaxValue)
                throw new GgufException($"the tensor '{name}' has an impossible size in dimension {d}");
        }

        return shape;
    }

    static long DataStart(Dictionary<string, object> metadata, long headerEnd)
    {
        var alignment = metadata.GetValueOrDefault("general.alignment") switch
        {
            null => 32UL,
            ulong given => given,
            _ => 0UL,
        };
        if (!BitOperations.IsPow2(alignment) || alignment > 1 << 20)
            throw new GgufException("general.alignment must be a power of two up to 1 MiB");
        return (headerEnd + (long)alignment - 1) / (long)alignment * (long)alignment;
    }
}
