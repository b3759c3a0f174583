using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Gguf;

/// <summary>Bytes an expert takes once loaded, by its header; the first load replaces the guess by what it really took.</summary>
/// <param name="Weights">What all users of the file share.</param>
/// <param name="Own">KV, compute buffers and adapter.</param>
readonly record struct MemoryEstimate(long Weights, long Own)
{
    public long Total => Weights + Own;

    /// <summary>llama.cpp rounds each sequence's KV cells up to this.</summary>
    const int KvCellBlock = 256;

    /// <summary>The engine's step: the tokens whose activations and logits are in memory together.</summary>
    const int StepTokens = 512;

    /// <summary>
    /// The tensors' bytes, an F16 KV cache for all sequences, and one step: logits and activations in F32, its attention mask in F16.
    /// Flash attention, which llama.cpp chooses wherever the backend has it, keeps no attention scores.
    /// </summary>
    public static MemoryEstimate Of(GgufHeader header, ExpertConfig config)
    {
        var layers = (int)Math.Clamp(header.Integer(header.Own("block_count")) ?? 0, 0, GgufLimits.KeptIntegers);
        var width = Positive(header, "embedding_length");
        var heads = PerLayer(header, "attention.head_count", layers) ?? Enumerable.Repeat(1L, layers).ToArray();
        var kvHeads = PerLayer(header, "attention.head_count_kv", layers) ?? heads;
        var headWidth = heads.Count > 0 && heads[0] > 0 ? width / heads[0] : width;
        var keyWidth = header.Integer(header.Own("attention.key_length")) ?? headWidth;
        var valueWidth = header.Integer(header.Own("attention.value_length")) ?? headWidth;

        var trained = Positive(header, "context_length");
        var context = config.Context > 0 && config.Context < trained ? config.Context : trained;
        var cells = (double)((context + KvCellBlock - 1) / KvCellBlock * KvCellBlock);
        var kv = cells * config.MaxSequences * kvHeads.Sum(h => (double)h) * ((double)keyWidth + valueWidth) * sizeof(ushort);
        var feedForward = (double)(PerLayer(header, "feed_forward_length", layers)?.DefaultIfEmpty().Max() ?? 0);
        var step = (header.Tokens.Count + 4.0 * width + 2.0 * feedForward) * StepTokens * sizeof(float);
        var mask = cells * StepTokens * sizeof(ushort);
        var adapter = config.Adapter is { } file ? FileStamp.Of(file)?.Bytes ?? 0 : 0;
        return new MemoryEstimate(
            Math.Max(0, header.FileBytes - header.DataStart), (long)Math.Min(Math.Max(kv, 0) + step + mask + adapter, long.MaxValue / 4));
    }

    static long Positive(GgufHeader header, string key) => Math.Clamp(header.Integer(header.Own(key)) ?? 0, 0, int.MaxValue);

    static IReadOnlyList<long>? PerLayer(GgufHeader header, string key, int layers) => header.PerLayer(header.Own(key), layers);
}
