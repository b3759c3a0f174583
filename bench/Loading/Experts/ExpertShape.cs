namespace Orchestrator.Bench.Loading.Experts;

/// <summary>
/// The shape of a generated expert: layers of llama with grouped attention and a vocabulary of bytes, so that loading is
/// about weights and little else.
/// </summary>
static class ExpertShape
{
    public const int Vocabulary = 259;

    const int Width = 1024;
    const int Heads = 16;
    const int KvHeads = 4;
    const int FeedForward = 2816;
    const int StartOfTurn = 256;
    const int EndOfTurn = 257;

    const string ChatMl =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
        + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    /// <summary>As many layers as come closest to the size.</summary>
    public static int Layers(int megabytes, TensorType type) =>
        Math.Max(1, (int)Math.Round(megabytes * 1e6 / Layer(0, type).Sum(tensor => tensor.Bytes)));

    public static IReadOnlyList<TensorShape> Tensors(int layers, TensorType type) =>
    [
        new("token_embd.weight", Width, Vocabulary, TensorType.F16),
        .. Enumerable.Range(0, layers).SelectMany(layer => Layer(layer, type)),
        new("output_norm.weight", Width, null, TensorType.F32),
        new("output.weight", Width, Vocabulary, TensorType.F16),
    ];

    public static IReadOnlyDictionary<string, object> Metadata(string name, int layers, int context) =>
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["general.architecture"] = "llama",
            ["general.name"] = name,
            ["llama.context_length"] = (uint)context,
            ["llama.embedding_length"] = (uint)Width,
            ["llama.block_count"] = (uint)layers,
            ["llama.feed_forward_length"] = (uint)FeedForward,
            ["llama.attention.head_count"] = (uint)Heads,
            ["llama.attention.head_count_kv"] = (uint)KvHeads,
            ["llama.attention.layer_norm_rms_epsilon"] = 1e-5f,
            ["tokenizer.ggml.model"] = "gpt2",
            ["tokenizer.ggml.pre"] = "gpt-2",
            ["tokenizer.ggml.tokens"] =
                (string[])[.. Enumerable.Range(0, 256).Select(ByteName), "<|im_start|>", "<|im_end|>", "<|endoftext|>"],
            // 1 is a normal token, 3 a control token.
            ["tokenizer.ggml.token_type"] =
                Enumerable.Range(0, Vocabulary).Select(token => token < StartOfTurn ? 1 : 3).ToArray(),
            ["tokenizer.ggml.merges"] = Array.Empty<string>(),
            ["tokenizer.ggml.eos_token_id"] = (uint)EndOfTurn,
            ["tokenizer.ggml.add_bos_token"] = false,
            ["tokenizer.chat_template"] = ChatMl,
        };

    /// <summary>
    /// Tokens that a generated expert can write. The rows of all others are zero in the output, and among a hundred random
    /// logits the highest is above zero: so answers are printable, each token is a character, and none ends early.
    /// </summary>
    public static bool IsWritten(int token) => token is >= '!' and <= '~';

    static IEnumerable<TensorShape> Layer(int layer, TensorType type) =>
    [
        new($"blk.{layer}.attn_norm.weight", Width, null, TensorType.F32),
        new($"blk.{layer}.attn_q.weight", Width, Width, type),
        new($"blk.{layer}.attn_k.weight", Width, Width / Heads * KvHeads, type),
        new($"blk.{layer}.attn_v.weight", Width, Width / Heads * KvHeads, type),
        new($"blk.{layer}.attn_output.weight", Width, Width, type),
        new($"blk.{layer}.ffn_norm.weight", Width, null, TensorType.F32),
        new($"blk.{layer}.ffn_gate.weight", Width, FeedForward, type),
        new($"blk.{layer}.ffn_up.weight", Width, FeedForward, type),
        new($"blk.{layer}.ffn_down.weight", FeedForward, Width, type),
    ];

    /// <summary>GPT-2's stand-in for a byte: itself where printable, else the next free character from U+0100.</summary>
    static string ByteName(int value)
    {
        return ((char)(Printable(value) ? value : 256 + Enumerable.Range(0, value).Count(other => !Printable(other)))).ToString();

        static bool Printable(int other) => other is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE and <= 0xFF;
    }
}
