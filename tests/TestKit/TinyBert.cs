namespace Orchestrator.TestKit;

/// <summary>
/// An encoder of the bert kind with random weights, and LoRA adapters over it. WordPiece in which every letter and digit is
/// a token, so that a word of n letters has n tokens; a text stands between CLS and SEP.
/// </summary>
public static class TinyBert
{
    public const int Width = 32;
    const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789.?+";
    static readonly string[] Specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    static int Vocabulary => Specials.Length + (2 * Letters.Length);

    /// <param name="pooling">llama.cpp's number: 1 is the mean, 2 the first token; null says nothing.</param>
    public static TinyGguf Random(int seed = 1, int context = 64, int layers = 2, uint? pooling = 1)
    {
        var gguf = new TinyGguf();
        AddMetadata(gguf, context, layers, pooling);
        var random = new Random(seed);
        Add("token_embd.weight", Width, Vocabulary);
        Add("token_types.weight", Width, 2);
        Add("position_embd.weight", Width, context);
        AddNorm("token_embd_norm");
        for (var layer = 0; layer < layers; layer++)
        {
            foreach (var part in (string[])["attn_q", "attn_k", "attn_v", "attn_output"])
                AddLinear($"blk.{layer}.{part}", Width, Width);
            AddNorm($"blk.{layer}.attn_output_norm");
            AddLinear($"blk.{layer}.ffn_up", Width, 2 * Width);
            AddLinear($"blk.{layer}.ffn_down", 2 * Width, Width);
            AddNorm($"blk.{layer}.layer_output_norm");
        }

        return gguf;

        void Add(string name, int inputs, int outputs) => gguf.Tensors.Add(
            new TinyTensor(name, [inputs, outputs], TinyGguf.Gaussian(random, inputs * outputs, 1 / Math.Sqrt(inputs))));

        void AddLinear(string name, int inputs, int outputs)
        {
            Add($"{name}.weight", inputs, outputs);
            gguf.Tensors.Add(new TinyTensor($"{name}.bias", [outputs], TinyGguf.Gaussian(random, outputs, 0.1)));
        }

        void AddNorm(string name)
        {
            gguf.Tensors.Add(new TinyTensor($"{name}.weight", [Width], TinyGguf.Filled(Width, 1)));
            gguf.Tensors.Add(new TinyTensor($"{name}.bias", [Width], TinyGguf.Filled(Width, 0)));
        }
    }

    /// <summary>Changes the first block's queries and values, and every token's embedding, at random.</summary>
    public static TinyGguf Adapter(int seed, int rank = 3)
    {
        var gguf = new TinyGguf();
        gguf.Metadata["general.type"] = "adapter";
        gguf.Metadata["general.architecture"] = "bert";
        gguf.Metadata["adapter.type"] = "lora";
        gguf.Metadata["adapter.lora.alpha"] = (float)rank;
        var random = new Random(seed);
        foreach (var part in (string[])["attn_q", "attn_v"])
            Pair($"blk.0.{part}.weight", [Width, rank], [rank, Width]);
        // What is looked up by row lies the other way round.
        Pair("token_embd.weight", [rank, Vocabulary], [rank, Width]);
        return gguf;

        void Pair(string name, int[] down, int[] up)
        {
            gguf.Tensors.Add(new TinyTensor($"{name}.lora_a", down, TinyGguf.Gaussian(random, down[0] * down[1], 0.5)));
            gguf.Tensors.Add(new TinyTensor($"{name}.lora_b", up, TinyGguf.Gaussian(random, up[0] * up[1], 0.5)));
        }
    }

    static void AddMetadata(TinyGguf gguf, int context, int layers, uint? pooling)
    {
        var metadata = gguf.Metadata;
        metadata["general.architecture"] = "bert";
        metadata["general.name"] = "tiny encoder";
        metadata["bert.context_length"] = (uint)context;
        metadata["bert.embedding_length"] = (uint)Width;
        metadata["bert.block_count"] = (uint)layers;
        metadata["bert.feed_forward_length"] = (uint)(2 * Width);
        metadata["bert.attention.head_count"] = 2u;
        metadata["bert.attention.layer_norm_epsilon"] = 1e-12f;
        metadata["bert.attention.causal"] = false;
        if (pooling is { } number)
            metadata["bert.pooling_type"] = number;
        metadata["tokenizer.ggml.model"] = "bert";
        metadata["tokenizer.ggml.pre"] = "default";
        metadata["tokenizer.ggml.token_type_count"] = 2u;
        // A word's first letter has llama.cpp's mark of a space in front, the others have not.
        metadata["tokenizer.ggml.tokens"] =
            Specials.Concat(Letters.Select(letter => $"▁{letter}")).Concat(Letters.Select(letter => $"{letter}")).ToArray();
        // 1 is a normal token, 2 the unknown one, 3 a control token.
        metadata["tokenizer.ggml.token_type"] =
            Enumerable.Range(0, Vocabulary).Select(token => token == 1 ? 2 : token < Specials.Length ? 3 : 1).ToArray();
        metadata["tokenizer.ggml.padding_token_id"] = 0u;
        metadata["tokenizer.ggml.unknown_token_id"] = 1u;
        metadata["tokenizer.ggml.cls_token_id"] = 2u;
        metadata["tokenizer.ggml.bos_token_id"] = 2u;
        metadata["tokenizer.ggml.seperator_token_id"] = 3u;
        metadata["tokenizer.ggml.mask_token_id"] = 4u;
    }
}
