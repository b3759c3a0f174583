using System.Text.RegularExpressions;

namespace Orchestrator.Experts.Gguf;

/// <summary>
/// What llama.cpp does not check itself: each of these files, found by mutating good ones, ends the process at load,
/// at the first tokenised text or at the first decode. A pure judgement over the header.
/// </summary>
static partial class GgufRules
{
    /// <summary>LLAMA_MAX_LAYERS and LLAMA_MAX_EXPERTS.</summary>
    const int MostLayers = 512;
    const int MostExperts = 512;

    static readonly string[] EpsilonKeys = ["attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon"];

    /// <summary>Why the file must not be opened, in one sentence; null when nothing speaks against trying it.</summary>
    public static string? Refusal(GgufHeader header) =>
        Architecture(header) ?? Layers(header) ?? Experts(header) ?? Epsilon(header) ?? Vocabulary(header) ?? Tensors(header);

    static string? Architecture(GgufHeader header) =>
        header.Architecture.Length == 0 ? "it names no architecture (general.architecture)" : null;

    static string? Layers(GgufHeader header)
    {
        var layers = header.Integer(header.Own("block_count"));
        return layers is >= 1 and <= MostLayers
            ? null
            : $"{header.Own("block_count")} is {layers?.ToString() ?? "missing"}, allowed are 1 to {MostLayers}";
    }

    static string? Experts(GgufHeader header)
    {
        var experts = header.Integer(header.Own("expert_count")) ?? 0;
        var used = header.Integer(header.Own("expert_used_count")) ?? 0;
        if (experts is < 0 or > MostExperts)
            return $"{header.Own("expert_count")} is {experts}, allowed are 0 to {MostExperts}";
        if (experts == 0)
            return used == 0 ? null : $"{header.Own("expert_used_count")} is {used} although the model has no experts inside";
        return used >= 1 && used <= experts
            ? null
            : $"{header.Own("expert_used_count")} is {used}, allowed are 1 to its {experts} experts inside";
    }

    static string? Epsilon(GgufHeader header) =>
        EpsilonKeys.Select(header.Own)
            .Where(key => header.Number(key) is { } eps && !(eps >= 0))
            .Select(key => $"{key} is {header.Number(key)}, it must be a number that is not negative")
            .FirstOrDefault();

    static string? Vocabulary(GgufHeader header)
    {
        if (header.Text("tokenizer.ggml.model") is null or "no_vocab")
            return "it has no tokenizer (tokenizer.ggml.model)";
        if (header.Tokens.Count == 0)
            return "its vocabulary is empty (tokenizer.ggml.tokens)";

        // llama.cpp reads tokens as C strings, and gives an empty one a name of its own.
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Tokens.Count; i++)
        {
            var end = header.Tokens[i].IndexOf('\0', StringComparison.Ordinal);
            var token = end < 0 ? header.Tokens[i] : header.Tokens[i][..end];
            token = token.Length == 0 ? $"[EMPTY_{i}]" : token;
            if (!seen.TryAdd(token, i))
                return $"its vocabulary has the same token at {seen[token]} and {i}, up to the first NUL";
        }

        if (header.Text("tokenizer.ggml.model") != "llama")
            return null;
        for (var b = 0; b < 256; b++)
        {
            if (!seen.ContainsKey($"<0x{b:X2}>") && !seen.ContainsKey($"{(char)b}"))
                return $"its SentencePiece vocabulary lacks the byte token <0x{b:X2}>";
        }

        return null;
    }

    static string? Tensors(GgufHeader header)
    {
        if (header.Tensors.Count == 0)
            return "it holds no tensors";
        foreach (var tensor in header.Tensors)
        {
            if (Weight().IsMatch(tensor.Name) && GgufTypes.CannotMultiply(tensor.Type))
                return $"the tensor '{tensor.Name}' is of type {GgufTypes.Name(tensor.Type)}, which no matrix product takes";
            if (Norm().IsMatch(tensor.Name) && tensor.Type != GgufTypes.F32)
                return $"the tensor '{tensor.Name}' is of type {GgufTypes.Name(tensor.Type)}, a norm must be F32";
            if (DataFault(header, tensor) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>A type that only a newer llama.cpp knows has no size here; its file is left to the trial.</summary>
    static string? DataFault(GgufHeader header, GgufTensor tensor)
    {
        if (GgufTypes.Find(tensor.Type) is not { } type)
            return null;
        if (tensor.Shape.Count > 0 && tensor.Shape[0] % type.BlockElements != 0)
            return $"the tensor '{tensor.Name}' has rows of {tensor.Shape[0]} numbers, {type.Name} needs multiples of {type.BlockElements}";
        var bytes = (UInt128)(ulong)(tensor.Elements / type.BlockElements) * (ulong)type.BlockBytes;
        return (ulong)header.DataStart + (UInt128)tensor.Offset + bytes > (ulong)header.FileBytes
            ? $"the data of the tensor '{tensor.Name}' lies beyond the end of the file; it is truncated or damaged"
            : null;
    }

    [GeneratedRegex(@"\A(token_embd|output|blk\.\d+\.(attn_(q|k|v|qkv|output)|ffn_(gate|up|down)(_exps)?))\.weight\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Weight();

    [GeneratedRegex(@"\A(output|token_embd|blk\.\d+\.(attn|ffn|attn_q|attn_k|post_attention|post_ffw))_norm\.(weight|bias)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Norm();
}
