using System.Text;

namespace Orchestrator.TestKit.Gguf;

/// <summary>
/// Writes the bytes of a GGUF, right or wrong as told. <see cref="Valid"/> has a header that passes every rule; its
/// tensors are zeros and no model would answer with them.
/// </summary>
public sealed class GgufBytes
{
    readonly List<(string Key, object Value)> _metadata = [];
    readonly List<(string Name, long[] Shape, uint Type)> _tensors = [];

    public uint Version { get; set; } = 3;

    /// <summary>Bytes of tensor data, when not all of them.</summary>
    public int? DataBytes { get; set; }

    public static GgufBytes Valid()
    {
        var file = new GgufBytes()
            .With("general.architecture", "llama")
            .With("general.file_type", 1u)
            .With("llama.context_length", 512u)
            .With("llama.embedding_length", 32u)
            .With("llama.block_count", 1u)
            .With("llama.feed_forward_length", 64u)
            .With("llama.attention.head_count", 4u)
            .With("llama.attention.head_count_kv", 2u)
            .With("llama.attention.layer_norm_rms_epsilon", 1e-5f)
            .With("tokenizer.ggml.model", "gpt2")
            .With("tokenizer.ggml.tokens", new[] { "a", "b", "c", "<|end|>" })
            .With("tokenizer.ggml.token_type", new[] { 1, 1, 1, 3 })
            .Tensor("token_embd.weight", [32, 4], 1)
            .Tensor("output_norm.weight", [32], 0);
        foreach (var (name, shape) in new (string, long[])[]
        {
            ("attn_q", [32, 32]), ("attn_k", [32, 16]), ("attn_v", [32, 16]), ("attn_output", [32, 32]),
            ("ffn_gate", [32, 64]), ("ffn_up", [32, 64]), ("ffn_down", [64, 32]),
        })
            file.Tensor($"blk.0.{name}.weight", shape, 1);
        return file.Tensor("blk.0.attn_norm.weight", [32], 0).Tensor("blk.0.ffn_norm.weight", [32], 0);
    }

    /// <summary>Sets an entry: uint, int, ulong, float, bool, string or an array of int or string.</summary>
    public GgufBytes With(string key, object value)
    {
        Without(key);
        _metadata.Add((key, value));
        return this;
    }

    /// <summary>Adds an entry even where the key already stands.</summary>
    public GgufBytes Again(string key, object value)
    {
        _metadata.Add((key, value));
        return this;
    }

    public GgufBytes Without(string key)
    {
        _metadata.RemoveAll(e => e.Key == key);
        return this;
    }

    /// <summary>Sets a tensor; the type is ggml's number (0 F32, 1 F16, 24–27 integers, 28 F64).</summary>
    public GgufBytes Tensor(string name, long[] shape, uint type)
    {
        _tensors.RemoveAll(t => t.Name == name);
        _tensors.Add((name, shape, type));
        return this;
    }

    public GgufBytes WithoutTensors()
    {
        _tensors.Clear();
        return this;
    }

    public byte[] Build()
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write((long)_tensors.Count);
        writer.Write((long)_metadata.Count);
        foreach (var (key, value) in _metadata)
        {
            Text(writer, key);
            Value(writer, value);
        }

        var offset = 0L;
        foreach (var (name, shape, type) in _tensors)
        {
            Text(writer, name);
            writer.Write(shape.Length);
            foreach (var size in shape)
                writer.Write(size);
            writer.Write(type);
            writer.Write(offset);
            offset += Padded(shape.Aggregate(1L, (product, n) => product * n) * ElementBytes(type));
        }

        // An impossible shape needs no data to be refused.
        offset = offset is < 0 or > int.MaxValue ? 0 : offset;

        writer.Write(new byte[Padded(stream.Length) - stream.Length]);
        writer.Write(new byte[DataBytes ?? offset]);
        return stream.ToArray();
    }

    public void Save(string path) => File.WriteAllBytes(path, Build());

    static void Value(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case uint number: writer.Write(4u); writer.Write(number); break;
            case int number: writer.Write(5u); writer.Write(number); break;
            case float number: writer.Write(6u); writer.Write(number); break;
            case bool flag: writer.Write(7u); writer.Write(flag); break;
            case string text: writer.Write(8u); Text(writer, text); break;
            case ulong number: writer.Write(10u); writer.Write(number); break;
            case int[] numbers:
                writer.Write(9u); writer.Write(5u); writer.Write((long)numbers.Length);
                Array.ForEach(numbers, writer.Write);
                break;
            case string[] texts:
                writer.Write(9u); writer.Write(8u); writer.Write((long)texts.Length);
                Array.ForEach(texts, t => Text(writer, t));
                break;
            default: throw new NotSupportedException($"{value.GetType()} has no GGUF type here");
        }
    }

    static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }

    static long Padded(long bytes) => (bytes + 31) / 32 * 32;

    static int ElementBytes(uint type) => type switch { 0 or 26 => 4, 1 or 25 or 30 => 2, 24 => 1, 27 or 28 => 8, _ => 4 };
}
