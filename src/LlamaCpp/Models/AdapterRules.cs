namespace Orchestrator.LlamaCpp.Models;

/// <summary>
/// What a LoRA adapter must be before llama.cpp may have it. llama.cpp refuses much itself, but a value of an unexpected
/// type ends the process at load, and a shape that it does not look at ends it when the first graph is built.
/// </summary>
static class AdapterRules
{
    const string DownSuffix = ".lora_a";
    const string UpSuffix = ".lora_b";
    const string EmbeddingName = "token_embd.weight";

    /// <summary>By ggml's number: what converters write, and what every backend multiplies.</summary>
    static readonly Dictionary<int, string> Types = new() { [0] = "F32", [1] = "F16", [30] = "BF16", [8] = "Q8_0" };

    /// <summary>
    /// Read whole and in both directions; their graphs have no output over the vocabulary that an embedding could be used
    /// as, whether they embed or generate.
    /// </summary>
    static readonly HashSet<string> Encoders = new(StringComparer.Ordinal)
    {
        "bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "modern-bert", "neo-bert", "eurobert", "gemma-embedding",
    };

    /// <summary>Why it must not be used with this model, in one sentence; null when nothing speaks against it.</summary>
    public static string? Refusal(GgufInspection adapter, GgufInspection model) =>
        Kind(adapter) ?? Architecture(adapter, model) ?? Values(adapter) ?? Tensors(adapter, model);

    static string? Kind(GgufInspection adapter) =>
        adapter.TextOf("general.type") is not "adapter" and var type ? $"it is no adapter (general.type is {Shown(type)})"
        : adapter.TextOf("adapter.type") is not "lora" and var kind ? $"it is no LoRA adapter (adapter.type is {Shown(kind)})"
        : null;

    static string? Architecture(GgufInspection adapter, GgufInspection model) =>
        (adapter.TextOf("general.architecture"), model.TextOf("general.architecture")) is var (own, expected) && own != expected
            ? $"its architecture is {Shown(own)}, the model's is {Shown(expected)}"
            : null;

    static string? Values(GgufInspection adapter) =>
        adapter.TypeOf("adapter.lora.alpha") is { } type && type != GgufInspection.Float32 ? "adapter.lora.alpha is not a 32-bit float"
        : adapter.TypeOf("adapter.alora.invocation_tokens") is not null ? "adapters that are activated by tokens (aLoRA) are not supported"
        : null;

    static string? Tensors(GgufInspection adapter, GgufInspection model)
    {
        var listed = adapter.Tensors().ToList();
        if (listed.Exists(tensor => tensor.Name.Contains('\uFFFD', StringComparison.Ordinal)))
            return "the name of a tensor is not UTF-8";
        var tensors = listed.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var downs = tensors.Values.Where(tensor => tensor.Name.EndsWith(DownSuffix, StringComparison.Ordinal)).ToList();
        if (downs.Count == 0)
            return $"it has no LoRA tensors (…{DownSuffix}, …{UpSuffix})";
        foreach (var down in downs)
        {
            var name = down.Name[..^DownSuffix.Length];
            if (!tensors.TryGetValue(name + UpSuffix, out var up))
                return $"'{down.Name}' has no '{name}{UpSuffix}' beside it";
            if (Pair(name, down, up, model) is { } fault)
                return fault;
        }
        return null;
    }

    static string? Pair(string name, TensorEntry down, TensorEntry up, GgufInspection model)
    {
        foreach (var tensor in (TensorEntry[])[down, up])
        {
            if (!Types.ContainsKey(tensor.Type))
                return $"'{tensor.Name}' is of ggml type {tensor.Type}, allowed are {string.Join(", ", Types.Values)}";
            if (tensor.Shape.Any(size => size < 1))
                return $"'{tensor.Name}' is empty";
        }
        // A base in several files lists only a part here; llama.cpp itself checks that the rest exists.
        var planes = model.Tensor(name)?.Shape ?? [1, 1, 1, 1];
        if (!SamePlanes(down.Shape, planes) || !SamePlanes(up.Shape, planes))
            return $"'{down.Name}' or '{up.Name}' has other dimensions than the model's '{name}'";
        if (!name.EndsWith(EmbeddingName, StringComparison.Ordinal))
            return null;
        // Embeddings are looked up by row, so their pair lies the other way round; as output weights it would not fit.
        return down.Shape[0] != up.Shape[0] ? $"'{down.Name}' and '{up.Name}' have different ranks"
            : model.Tensor("output.weight") is null && !Encoders.Contains(model.TextOf("general.architecture") ?? "") ? $"it changes '{name}', which the model also uses as its output"
            : null;
    }

    static bool SamePlanes(long[] left, long[] right) => left.AsSpan(2).SequenceEqual(right.AsSpan(2));

    static string Shown(string? value) => value is null ? "missing" : $"'{value}'";
}
