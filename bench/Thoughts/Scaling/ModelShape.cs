using Orchestrator.Bench.Loading.Experts;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>A model of the architecture llama.</summary>
/// <param name="Shared">Whether its output layer is its embedding.</param>
sealed record ModelShape(
    string Name, int Width, int Blocks, int Heads, int KvHeads, int FeedForward, int Vocabulary, bool Shared = true)
{
    /// <summary>From the zoo's arithmetician to a billion parameters. The last three are shaped as SmolLM2 and TinyLlama are.</summary>
    public static IReadOnlyList<ModelShape> Generated { get; } =
    [
        new("zoo", 96, 3, 3, 3, 256, ExpertShape.Vocabulary),
        new("1M", 128, 5, 4, 2, 384, 512),
        new("10M", 384, 6, 6, 2, 1024, 2048),
        new("60M", 512, 12, 8, 4, 1536, 49_152),
        new("135M", 576, 30, 9, 3, 1536, 49_152),
        new("360M", 960, 32, 15, 5, 2560, 49_152),
        new("1B", 2048, 22, 32, 4, 5632, 32_000),
    ];

    /// <summary>As Mistral 7B and Llama 2 70B are.</summary>
    public static IReadOnlyList<ModelShape> OnPaper { get; } =
    [
        new("7B", 4096, 32, 32, 8, 14_336, 32_000, Shared: false),
        new("70B", 8192, 80, 64, 8, 28_672, 32_000, Shared: false),
    ];

    public long Parameters => Tensors.Sum(tensor => tensor.Count);

    /// <summary>Of one token, without its attention to others: looking up an embedding multiplies nothing.</summary>
    public long MultiplyAdds => Parameters - (Shared ? 0 : (long)Vocabulary * Width);

    /// <summary>Keys and values of one token in halves.</summary>
    public long CacheBytes => 2L * Blocks * KvWidth * sizeof(ushort);

    public IReadOnlyList<TensorShape> Tensors =>
    [
        Matrix("token_embd.weight", Width, Vocabulary),
        .. Enumerable.Range(0, Blocks).SelectMany(Block),
        Norm("output_norm.weight"),
        .. Shared ? Array.Empty<TensorShape>() : [Matrix("output.weight", Width, Vocabulary)],
    ];

    int KvWidth => Width / Heads * KvHeads;

    /// <summary>A token is a byte, and those above stand for what larger vocabularies have: they cost, and no prompt uses them.</summary>
    public IReadOnlyDictionary<string, object> Metadata(int context)
    {
        var bytes = ExpertShape.Metadata(Name, Blocks, context);
        string[] padding = [.. Enumerable.Range(ExpertShape.Vocabulary, Vocabulary - ExpertShape.Vocabulary).Select(token => $"token{token}")];
        return new Dictionary<string, object>(bytes, StringComparer.Ordinal)
        {
            ["llama.embedding_length"] = (uint)Width,
            ["llama.feed_forward_length"] = (uint)FeedForward,
            ["llama.attention.head_count"] = (uint)Heads,
            ["llama.attention.head_count_kv"] = (uint)KvHeads,
            ["tokenizer.ggml.tokens"] = (string[])[.. (string[])bytes["tokenizer.ggml.tokens"], .. padding],
            // 1 is a normal token.
            ["tokenizer.ggml.token_type"] = (int[])[.. (int[])bytes["tokenizer.ggml.token_type"], .. padding.Select(_ => 1)],
        };
    }

    IEnumerable<TensorShape> Block(int block) =>
    [
        Norm($"blk.{block}.attn_norm.weight"),
        Matrix($"blk.{block}.attn_q.weight", Width, Width),
        Matrix($"blk.{block}.attn_k.weight", Width, KvWidth),
        Matrix($"blk.{block}.attn_v.weight", Width, KvWidth),
        Matrix($"blk.{block}.attn_output.weight", Width, Width),
        Norm($"blk.{block}.ffn_norm.weight"),
        Matrix($"blk.{block}.ffn_gate.weight", Width, FeedForward),
        Matrix($"blk.{block}.ffn_up.weight", Width, FeedForward),
        Matrix($"blk.{block}.ffn_down.weight", FeedForward, Width),
    ];

    TensorShape Norm(string name) => new(name, Width, null, TensorType.F32);

    static TensorShape Matrix(string name, int inputs, int rows) => new(name, inputs, rows, TensorType.Q8);
}
