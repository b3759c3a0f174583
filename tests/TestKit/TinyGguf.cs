using System.Text;

namespace Orchestrator.TestKit;

/// <summary>
/// A llama model of a few kilobytes, written by the test that needs it: complete, loadable by llama.cpp, and open to
/// be damaged first. Byte-level BPE without merges (token id = byte), then the Phi-3 control tokens.
/// </summary>
public sealed class TinyGguf
{
    public const int EndToken = 256;
    public const int UserToken = 257;
    public const int AssistantToken = 258;
    public const int SystemToken = 259;
    const int VocabularySize = 260;
    const int SayingEmbedding = 128;

    public const string Phi3Template =
        "{% for message in messages %}{{ '<|' + message['role'] + '|>\n' + message['content'] + '<|end|>\n' }}{% endfor %}<|assistant|>\n";

    const int Alignment = 32;

    /// <summary>Values: <see cref="uint"/>, <see cref="int"/>, <see cref="float"/>, <see cref="bool"/>, <see cref="string"/>, or arrays of string, uint, int or float.</summary>
    public Dictionary<string, object> Metadata { get; } = new(StringComparer.Ordinal);

    public List<TinyTensor> Tensors { get; } = [];

    /// <summary>Random weights: it writes the same nonsense for the same seed, and every token depends on all before it.</summary>
    public static TinyGguf Random(int seed = 1, int context = 256, int embedding = 32, int layers = 2)
    {
        var gguf = new TinyGguf();
        gguf.AddMetadata(context, embedding, layers);
        var random = new Random(seed);
        gguf.AddTensors(embedding, layers, (name, inputs, outputs) => name.EndsWith("norm.weight", StringComparison.Ordinal)
            ? Filled(inputs, 1)
            : Gaussian(random, inputs * outputs, name.StartsWith("token_embd", StringComparison.Ordinal) ? 1 : 1.5 / Math.Sqrt(inputs)));
        return gguf;
    }

    /// <summary>
    /// Answers every prompt that ends with a line break, as the template's does, with this text and then the end of
    /// turn. It sees only the last byte, so no byte may occur twice, nor a line break; without an end it repeats itself.
    /// </summary>
    public static TinyGguf Saying(string text, bool ends = true, int context = 256)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Distinct().Count() != bytes.Length || bytes.Contains((byte)'\n'))
            throw new ArgumentException("Every byte of the text must occur once, and none be a line break.", nameof(text));
        var gguf = new TinyGguf();
        gguf.AddMetadata(context, SayingEmbedding, layers: 1);
        var codes = Codes();
        var output = new float[VocabularySize * SayingEmbedding];
        var path = bytes.Select(value => (int)value).Prepend('\n').Append(ends ? EndToken : bytes[0]).ToArray();
        for (var i = 1; i < path.Length; i++)
        {
            for (var column = 0; column < SayingEmbedding; column++)
                output[(path[i] * SayingEmbedding) + column] += codes[(path[i - 1] * SayingEmbedding) + column];
        }
        gguf.AddTensors(SayingEmbedding, layers: 1, (name, inputs, outputs) => name switch
        {
            "token_embd.weight" => codes,
            "output.weight" => output,
            _ => Filled(inputs * outputs, name.EndsWith("norm.weight", StringComparison.Ordinal) ? 1 : 0),
        });
        return gguf;
    }

    /// <summary>The same in up to nine words, each one token that also stands in plain text, as the tags of tool calls are.</summary>
    public static TinyGguf SayingWords(int context, params string[] words)
    {
        // The lowest bytes, which no prompt has, give their tokens up.
        var gguf = Saying(string.Concat(words.Select((_, i) => (char)(i + 1))), context: context);
        for (var i = 0; i < words.Length; i++)
        {
            ((string[])gguf.Metadata["tokenizer.ggml.tokens"])[i + 1] = words[i];
            // 4 is a token that the user defined.
            ((int[])gguf.Metadata["tokenizer.ggml.token_type"])[i + 1] = 4;
        }
        return gguf;
    }

    /// <summary>
    /// A LoRA adapter for any <see cref="Saying"/> model that makes it say this text instead. At scale 1 it outweighs the
    /// model three to one; below a third the model's own text wins.
    /// </summary>
    public static TinyGguf AdapterSaying(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var path = bytes.Select(value => (int)value).Prepend('\n').Append(EndToken).ToArray();
        var rank = path.Length - 1;
        var codes = Codes();
        var down = new float[rank * SayingEmbedding];
        var up = new float[VocabularySize * rank];
        for (var i = 0; i < rank; i++)
        {
            codes.AsSpan(path[i] * SayingEmbedding, SayingEmbedding).CopyTo(down.AsSpan(i * SayingEmbedding));
            up[(path[i + 1] * rank) + i] = 3;
        }
        var gguf = new TinyGguf();
        gguf.Metadata["general.type"] = "adapter";
        gguf.Metadata["general.architecture"] = "llama";
        gguf.Metadata["adapter.type"] = "lora";
        gguf.Metadata["adapter.lora.alpha"] = (float)rank;
        gguf.Tensors.Add(new TinyTensor("output.weight.lora_a", [SayingEmbedding, rank], down));
        gguf.Tensors.Add(new TinyTensor("output.weight.lora_b", [rank, VocabularySize], up));
        return gguf;
    }

    public TinyTensor Tensor(string name) => Tensors.Single(tensor => tensor.Name == name);

    /// <summary>Writes a new file in the folder and gives its path.</summary>
    public string Save(string directory, string name = "tiny.gguf")
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, name);
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)Tensors.Count);
        writer.Write((ulong)Metadata.Count);
        foreach (var (key, value) in Metadata)
        {
            WriteString(writer, key);
            WriteValue(writer, value);
        }
        var offset = 0UL;
        foreach (var tensor in Tensors)
        {
            WriteString(writer, tensor.Name);
            writer.Write(tensor.Shape.Length);
            foreach (var size in tensor.Shape)
                writer.Write((ulong)size);
            writer.Write(tensor.Type);
            writer.Write(offset);
            offset += Padded((ulong)tensor.Values.Length * sizeof(float));
        }
        foreach (var tensor in Tensors)
        {
            while (stream.Position % Alignment != 0)
                writer.Write((byte)0);
            foreach (var value in tensor.Values)
                writer.Write(value);
        }
        writer.Flush();
        return stream.ToArray();
    }

    void AddMetadata(int context, int embedding, int layers)
    {
        Metadata["general.architecture"] = "llama";
        Metadata["general.name"] = "tiny";
        Metadata["llama.context_length"] = (uint)context;
        Metadata["llama.embedding_length"] = (uint)embedding;
        Metadata["llama.block_count"] = (uint)layers;
        Metadata["llama.feed_forward_length"] = (uint)(2 * embedding);
        Metadata["llama.attention.head_count"] = 2u;
        Metadata["llama.attention.layer_norm_rms_epsilon"] = 1e-5f;
        Metadata["tokenizer.ggml.model"] = "gpt2";
        Metadata["tokenizer.ggml.pre"] = "gpt-2";
        Metadata["tokenizer.ggml.tokens"] =
            Enumerable.Range(0, 256).Select(ByteName).Concat(["<|end|>", "<|user|>", "<|assistant|>", "<|system|>"]).ToArray();
        // 1 is a normal token, 3 a control token.
        Metadata["tokenizer.ggml.token_type"] = Enumerable.Range(0, VocabularySize).Select(token => token < 256 ? 1 : 3).ToArray();
        Metadata["tokenizer.ggml.merges"] = Array.Empty<string>();
        Metadata["tokenizer.ggml.eos_token_id"] = (uint)EndToken;
        Metadata["tokenizer.ggml.add_bos_token"] = false;
        Metadata["tokenizer.chat_template"] = Phi3Template;
    }

    void AddTensors(int embedding, int layers, Func<string, int, int, float[]> values)
    {
        Add("token_embd.weight", embedding, VocabularySize);
        for (var layer = 0; layer < layers; layer++)
        {
            Add($"blk.{layer}.attn_norm.weight", embedding);
            foreach (var part in (string[])["attn_q", "attn_k", "attn_v", "attn_output"])
                Add($"blk.{layer}.{part}.weight", embedding, embedding);
            Add($"blk.{layer}.ffn_norm.weight", embedding);
            Add($"blk.{layer}.ffn_gate.weight", embedding, 2 * embedding);
            Add($"blk.{layer}.ffn_up.weight", embedding, 2 * embedding);
            Add($"blk.{layer}.ffn_down.weight", 2 * embedding, embedding);
        }
        Add("output_norm.weight", embedding);
        Add("output.weight", embedding, VocabularySize);

        void Add(string name, int inputs, int? outputs = null) =>
            Tensors.Add(new TinyTensor(name, outputs is { } rows ? [inputs, rows] : [inputs], values(name, inputs, outputs ?? 1)));
    }

    /// <summary>GPT-2's printable stand-in for a byte: itself where printable, else the next free character from U+0100.</summary>
    static string ByteName(int value)
    {
        if (Printable(value))
            return ((char)value).ToString();
        return ((char)(256 + Enumerable.Range(0, value).Count(other => !Printable(other)))).ToString();

        static bool Printable(int other) => other is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE and <= 0xFF;
    }

    /// <summary>Nearly orthogonal, so that a model that sees one byte can tell which.</summary>
    static float[] Codes() => Gaussian(new Random(1), VocabularySize * SayingEmbedding, 1);

    internal static float[] Filled(int count, float value)
    {
        var values = new float[count];
        Array.Fill(values, value);
        return values;
    }

    internal static float[] Gaussian(Random random, int count, double deviation)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }

    static ulong Padded(ulong bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    static void WriteString(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case uint number:
                writer.Write(4u);
                writer.Write(number);
                break;
            case int number:
                writer.Write(5u);
                writer.Write(number);
                break;
            case float number:
                writer.Write(6u);
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(7u);
                writer.Write(flag);
                break;
            case string text:
                writer.Write(8u);
                WriteString(writer, text);
                break;
            // To the runtime an int[] is one too.
            case uint[] numbers when value.GetType() == typeof(uint[]):
                WriteArray(4u, numbers, writer.Write);
                break;
            case int[] numbers:
                WriteArray(5u, numbers, writer.Write);
                break;
            case float[] numbers:
                WriteArray(6u, numbers, writer.Write);
                break;
            case string[] texts:
                WriteArray(8u, texts, text => WriteString(writer, text));
                break;
            default:
                throw new ArgumentException($"No GGUF type for {value.GetType()}.", nameof(value));
        }

        void WriteArray<T>(uint type, T[] items, Action<T> write)
        {
            writer.Write(9u);
            writer.Write(type);
            writer.Write((ulong)items.Length);
            Array.ForEach(items, write);
        }
    }
}

/// <param name="Shape">Fastest dimension, the input, first.</param>
/// <param name="Values">Row by row, written as F32 whatever <see cref="Type"/> claims.</param>
public sealed record TinyTensor(string Name, int[] Shape, float[] Values)
{
    /// <summary>ggml's type number; 0 is F32.</summary>
    public uint Type { get; init; }
}
